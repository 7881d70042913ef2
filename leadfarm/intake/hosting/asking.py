"""A form as the public fills it in: which questions are asked of whom, and what was told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from leadfarm.intake.hosting.design import LONGEST, Answer, Asked, Design, Question
from leadfarm.rules.names import normal_email

HONEYPOT = "homepage_2"
FEW = 4
# What browsers call these fields, so that they can fill them in.
FILLED_BY_BROWSERS = {
    "email": "email",
    "given_name": "given-name",
    "family_name": "family-name",
    "company": "organization",
    "job_title": "organization-title",
    "phone": "tel",
}
MISSING = {"required": "Please fill this in."}
UNTICKED = {"required": "Please tick this."}
UNCHOSEN = {
    "required": "Please choose one.",
    "invalid_choice": "This is none of the answers. Please choose one.",
}


def asked_of(design: Design, known: Collection[str] | None) -> tuple[Question, ...]:
    """Return the questions for somebody of whom the answers to `known` are known (S2-3).

    None: a stranger, who is not asked what is kept for later visits. Each known answer that is
    left out makes room for one question that was kept for later.
    """
    if known is None:
        return tuple(one for one in design.questions if one.asked is not Asked.IN_TURN)
    left_out = {
        one.key for one in design.questions if one.asked is Asked.UNTIL_KNOWN and one.key in known
    }
    waiting = [
        one.key for one in design.questions if one.asked is Asked.IN_TURN and one.key not in known
    ]
    turn = set(waiting[: len(left_out)])
    return tuple(
        one
        for one in design.questions
        if one.key in turn or (one.asked is not Asked.IN_TURN and one.key not in left_out)
    )


class HostedForm(forms.Form):
    """The questions of a design that are asked of this visitor, with consent and remembering."""

    def __init__(
        self,
        design: Design,
        data: Mapping[str, Any] | None = None,
        *,
        known: Collection[str] | None = None,
        prefix_ids: str = "f",
        is_complete: bool = True,
        can_remember: bool = True,
        asks_consent: bool = True,
    ) -> None:
        """Ask a stranger, or somebody of whom the answers to `known` are known.

        Not `can_remember`: a frame on another site, where browsers keep no cookie of ours.

        Not `asks_consent`: somebody who has agreed to it in these words, and still does.

        Not `is_complete`: whatever of the questions was answered is read, and nothing is missing.
        """
        super().__init__(_without_nul(data), auto_id=f"{prefix_ids}-%s")
        self.design = design
        for question in asked_of(design, known) if is_complete else design.questions:
            self.fields[question.key] = _field(question)
            self.fields[question.key].required &= is_complete
        if design.wording and design.purpose and asks_consent:
            self.fields["consent"] = forms.BooleanField(label=design.wording, required=False)
        if design.remembers and can_remember and known is None:
            self.fields["remember"] = forms.BooleanField(
                label="Remember me on this device, so that I am not asked the same again.",
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Return what was told, the address in normal form."""
        told = super().clean() or {}
        if told.get("email"):
            address = normal_email(told["email"])
            if address is None:
                self.add_error("email", "This is no e-mail address we can write to.")
            told["email"] = address
        return told

    def answers(self) -> dict[str, str | bool]:
        """Return the answers to questions, by key; what was left empty is left out."""
        asked = (key for key in self.fields if self.design.question(key))
        return {key: self.cleaned_data[key] for key in asked if self.cleaned_data.get(key)}


def _field(question: Question) -> forms.Field:
    told: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": question.required,
    }
    if question.answer is Answer.TICK:
        return forms.BooleanField(**told, error_messages=UNTICKED)
    if question.answer is Answer.CHOICE:
        return _choice(question, told)
    longest = LONGEST.get(question.key, question.answer.longest)
    return forms.CharField(
        **told, max_length=longest, widget=_widget(question), error_messages=MISSING
    )


def _choice(question: Question, told: dict[str, Any]) -> forms.Field:
    choices = [(one, one) for one in question.choices]
    if len(choices) <= FEW:
        return forms.ChoiceField(
            **told, choices=choices, widget=forms.RadioSelect, error_messages=UNCHOSEN
        )
    return forms.ChoiceField(
        **told, choices=[("", "Choose one"), *choices], error_messages=UNCHOSEN
    )


def _widget(question: Question) -> forms.Widget:
    attrs: dict[str, Any] = {}
    if question.key in FILLED_BY_BROWSERS:
        attrs["autocomplete"] = FILLED_BY_BROWSERS[question.key]
    if question.answer is Answer.TEXT:
        return forms.Textarea(attrs={**attrs, "rows": 4})
    if question.answer is Answer.EMAIL:
        return forms.EmailInput(attrs=attrs)
    return forms.TextInput(attrs={**attrs, "type": "tel"} if question.key == "phone" else attrs)


def _without_nul(data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return what was sent without NUL bytes, which no table and no reader takes."""
    if data is None:
        return None
    clean = QueryDict(mutable=True)
    for key in data:
        values = data.getlist(key) if isinstance(data, QueryDict) else [data[key]]
        clean.setlist(key, [str(value).replace("\x00", "") for value in values])
    return clean
