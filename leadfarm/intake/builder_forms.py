"""What a marketer fills in to build a hosted form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms

from leadfarm.intake.hosting.design import (
    MOST_CHOICES,
    Answer,
    Asked,
    Design,
    Question,
)
from leadfarm.intake.models import Form, WebHost
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.codes import FindingSection, TouchKind
from leadfarm.rules.consent import Purpose

KINDS = (
    TouchKind.FORM,
    TouchKind.CONTACT_US,
    TouchKind.DOWNLOAD,
    TouchKind.NEWSLETTER,
    TouchKind.EVENT_REGISTERED,
    TouchKind.WEBINAR_REGISTERED,
)
GREEN = "#1c6b52"
THEMES = (("auto", "As the visitor's system is"), ("light", "Light"), ("dark", "Dark"))
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}(?::\d{1,5})?")


class ColourInput(forms.TextInput):
    """A colour, as browsers pick it."""

    input_type = "color"


class SettingsForm(forms.Form):
    """What visitors do not see: name, address, meaning, where it is counted."""

    name = forms.CharField(label="Name", max_length=120, help_text="As it is called in here.")
    slug = forms.SlugField(
        label="Address", max_length=60, help_text="The form stands at /f/ADDRESS/."
    )
    kind = forms.TypedChoiceField(
        label="What filling it in means",
        choices=[(int(kind), kind.label) for kind in KINDS],
        coerce=lambda value: TouchKind(int(value)),
        help_text="Contact us is a raised hand: sales is to call at once, in business hours."
        " A newsletter sign-up is confirmed by mail first.",
    )
    source = forms.CharField(label="Source", max_length=120, required=False)
    campaign = forms.CharField(
        label="Campaign",
        max_length=160,
        required=False,
        help_text="Where a link names another one in utm_campaign, that one counts.",
    )
    framed_by = forms.MultipleChoiceField(
        label="Pages that may show it in a frame",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, form: Form, hosts: Sequence[WebHost], data: Any = None) -> None:
        super().__init__(data, initial=_settings_of(form))
        self.form = form
        framed = self.fields["framed_by"]
        assert isinstance(framed, forms.MultipleChoiceField)
        framed.choices = [(host.name, host.name) for host in hosts]
        if not hosts:
            del self.fields["framed_by"]

    def clean_slug(self) -> str:
        """Return the address, unless another form has it."""
        slug = str(self.cleaned_data["slug"]).lower()
        if Form.objects.filter(slug=slug).exclude(pk=self.form.pk).exists():
            raise forms.ValidationError("Another form stands at this address.")
        return slug


class DesignForm(forms.Form):
    """What visitors see besides the questions."""

    headline = forms.CharField(label="Headline", max_length=160, required=False)
    intro = forms.CharField(
        label="What you offer, and to whom",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="An empty line begins a new paragraph.",
    )
    points = forms.CharField(
        label="What they get",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One point a line.",
    )
    button = forms.CharField(label="Button", max_length=40)
    purpose = forms.TypedChoiceField(
        label="Asks for consent to",
        choices=[("", "Nothing"), *((int(p), p.label) for p in Purpose if p.can_be_refused)],
        coerce=lambda value: Purpose(int(value)),
        empty_value=None,
        required=False,
    )
    wording = forms.CharField(
        label="Consent wording",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands beside a box nobody has ticked. Each wording is kept for ever,"
        " and each consent with the words it was given to.",
    )
    remembers = forms.BooleanField(
        label="Offer to remember visitors on their device",
        required=False,
        help_text="Who agrees is not asked again what we know, but the questions kept for later.",
    )
    privacy_url = forms.URLField(
        label="Privacy notice", required=False, assume_scheme="https", max_length=300
    )
    thanks_title = forms.CharField(label="Words of thanks", max_length=80)
    thanks = forms.CharField(
        label="What happens next",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    redirect = forms.URLField(
        label="Or lead on to",
        required=False,
        assume_scheme="https",
        max_length=300,
        help_text="An https page of one of your own web hosts.",
    )
    company = forms.CharField(label="Your name, as visitors know it", max_length=80, required=False)
    accent = forms.RegexField(r"^#[0-9a-fA-F]{6}$", label="Colour", widget=ColourInput)
    theme = forms.ChoiceField(label="Light or dark", choices=THEMES)

    def __init__(self, design: Design, hosts: Sequence[WebHost], data: Any = None) -> None:
        super().__init__(data, initial=_words_of(design))
        self.hosts = hosts

    def clean_redirect(self) -> str:
        """Return the address, where it is a page of a host of ours."""
        address = str(self.cleaned_data["redirect"])
        if not address:
            return ""
        if not any(address.startswith(f"{host.origin}/") for host in self.hosts):
            named = ", ".join(host.name for host in self.hosts) or "none is named yet"
            raise forms.ValidationError(
                f"This is no https page of your own hosts ({named})."
                " Name the host first, under Forms, Web hosts."
            )
        return address

    def clean(self) -> dict[str, Any]:
        """Return what was told; a consent has both a purpose and words."""
        told = super().clean() or {}
        if told.get("purpose") and not told.get("wording"):
            self.add_error("wording", "Say in words what they agree to.")
        if told.get("wording") and not told.get("purpose"):
            self.add_error("purpose", "Choose what these words are for.")
        privacy = str(told.get("privacy_url") or "")
        if privacy and urlsplit(privacy).scheme not in ("http", "https"):
            self.add_error("privacy_url", "This is no web address.")
        return told


class QuestionForm(forms.Form):
    """One question as it is edited."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    answer = forms.TypedChoiceField(
        choices=Answer.choices, coerce=lambda v: Answer(int(v)), widget=forms.HiddenInput
    )
    label = forms.CharField(label="Question", max_length=200)
    help = forms.CharField(label="Help below it", max_length=200, required=False)
    choices = forms.CharField(
        label="Answers to choose from",
        error_messages={"required": f"Give two to {MOST_CHOICES} answers, one a line."},
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line.",
    )
    asked = forms.TypedChoiceField(
        label="Asked", choices=Asked.choices, coerce=lambda v: Asked(int(v))
    )
    section = forms.TypedChoiceField(
        label="The answer goes to",
        choices=[
            ("", "The timeline, in their own words"),
            *((int(one), f"The dossier: {one.label}") for one in FindingSection),
        ],
        coerce=lambda v: FindingSection(int(v)),
        empty_value=None,
        required=False,
    )
    required = forms.BooleanField(label="Must be answered", required=False)

    def __init__(self, row: str, question: Question | None = None, data: Any = None) -> None:
        super().__init__(data, prefix=f"q-{row}", initial=_row_of(question) if question else None)
        self.row = row
        self.shape = self._shape(question)
        if self.shape is not Answer.CHOICE:
            del self.fields["choices"]
        if self.is_own:
            del self.fields["section"]
        if self.named == "email":
            del self.fields["required"], self.fields["asked"]

    @property
    def named(self) -> str:
        """Return the key of the question; empty for one that was just added."""
        return str(self["key"].value() or "")

    @property
    def is_own(self) -> bool:
        """Return whether its answer goes to the record itself."""
        return bool(self.named) and not self.named.startswith("q_")

    @property
    def is_later(self) -> bool:
        """Return whether it is kept for a later visit."""
        return "asked" in self.fields and str(self["asked"].value()) == str(int(Asked.IN_TURN))

    def _shape(self, question: Question | None) -> Answer:
        try:
            return Answer(int(self["answer"].value()))
        except (ValueError, TypeError):
            return question.answer if question else Answer.LINE

    def clean_choices(self) -> str:
        """Return the answers to choose from, at least two different ones."""
        lines = list_of(self.cleaned_data["choices"])
        if not 2 <= len(lines) <= MOST_CHOICES:
            raise forms.ValidationError(f"Give two to {MOST_CHOICES} answers, one a line.")
        return "\n".join(lines)


class HostForm(forms.Form):
    """A web host of the workspace's own."""

    name = forms.CharField(
        label="Web host", max_length=253, help_text="As in www.example.com, without https://."
    )

    def clean_name(self) -> str:
        """Return the host in lower case, without what surrounds it in an address."""
        told = str(self.cleaned_data["name"]).strip().lower()
        name = urlsplit(told).netloc if "//" in told else told.partition("/")[0]
        if not HOST.fullmatch(name):
            raise forms.ValidationError("This is no host name, such as www.example.com.")
        return name


def list_of(text: str) -> list[str]:
    """Return the lines of a text, without empty and repeated ones."""
    lines = (" ".join(line.split()) for line in str(text).splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def _settings_of(form: Form) -> dict[str, Any]:
    source: Source | None = form.source
    campaign: Campaign | None = form.campaign
    return {
        "name": form.name,
        "slug": form.slug,
        "kind": form.touch_kind,
        "source": source.name if source else "",
        "campaign": campaign.name if campaign else "",
        "framed_by": form.framed_by,
    }


def _words_of(design: Design) -> dict[str, Any]:
    plain = {name: getattr(design, name) for name in DesignForm.base_fields}
    purpose = int(design.purpose) if design.purpose else ""
    accent = design.accent or GREEN
    return {**plain, "points": "\n".join(design.points), "purpose": purpose, "accent": accent}


def _row_of(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "answer": int(question.answer),
        "label": question.label,
        "help": question.help,
        "choices": "\n".join(question.choices),
        "asked": int(question.asked),
        "section": int(question.section) if question.section else "",
        "required": question.required,
    }
