"""Forms of intake: what people of ours fill in."""

from typing import Any

from django import forms

from leadfarm.intake.codes import ImportKind
from leadfarm.intake.models import Form
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.names import normal_email


class UploadForm(forms.Form):
    """A file and what its rows tell."""

    kind = forms.ChoiceField(
        label="What it holds",
        choices=[
            (int(ImportKind.LEADS), "Leads: people or companies that came in"),
            (int(ImportKind.OUTCOMES), "Outcomes: what became of leads that are here"),
        ],
        initial=int(ImportKind.LEADS),
    )
    file = forms.FileField(
        label="File",
        help_text="CSV, with any delimiter and any common encoding. The first row holds titles.",
    )


HONEYPOT = "homepage_2"
HOSTED_FIELDS = {
    "given_name": ("First name", 100),
    "family_name": ("Last name", 100),
    "company": ("Company", 200),
    "job_title": ("Job title", 160),
    "phone": ("Phone", 40),
    "need": ("What do you want to solve?", 300),
    "message": ("Message", 2000),
}
KINDS = (TouchKind.FORM, TouchKind.CONTACT_US, TouchKind.DOWNLOAD, TouchKind.NEWSLETTER)


class HostedForm(forms.Form):
    """A hosted form as the public fills it in: its own fields, the address always among them."""

    email = forms.CharField(label="E-mail", max_length=254, widget=forms.EmailInput)

    def __init__(self, form: Form, data: Any = None) -> None:
        super().__init__(data)
        for name in form.fields:
            if name in HOSTED_FIELDS:
                label, limit = HOSTED_FIELDS[name]
                widget = forms.Textarea if name == "message" else forms.TextInput
                self.fields[name] = forms.CharField(
                    label=label, max_length=limit, required=False, widget=widget
                )
        if form.consent_wording:
            self.fields["consent"] = forms.BooleanField(label=form.consent_wording, required=False)

    def clean_email(self) -> str:
        """Return the address in normal form."""
        address = normal_email(self.cleaned_data["email"])
        if address is None:
            raise forms.ValidationError("This is no e-mail address we can write to.")
        return address


class FormForm(forms.Form):
    """The builder of a hosted form."""

    name = forms.CharField(label="Name", max_length=120)
    slug = forms.SlugField(
        label="Address", max_length=60, help_text="The form stands at /f/ADDRESS/."
    )
    kind = forms.ChoiceField(
        label="What filling it in means", choices=[(int(kind), kind.label) for kind in KINDS]
    )
    fields_shown = forms.MultipleChoiceField(
        label="Fields besides e-mail",
        choices=[(name, label) for name, (label, _) in HOSTED_FIELDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    source = forms.CharField(label="Source", max_length=120, required=False)
    campaign = forms.CharField(label="Campaign", max_length=160, required=False)
    wording = forms.CharField(
        label="Consent wording",
        max_length=600,
        required=False,
        help_text="Shown beside a box nobody has ticked. Kept as each person saw it.",
    )
    thanks = forms.CharField(label="Words of thanks", max_length=400, required=False)

    def clean_slug(self) -> str:
        """Return the address, unless another form has it."""
        slug = str(self.cleaned_data["slug"])
        if Form.objects.filter(slug=slug).exists():
            raise forms.ValidationError("Another form stands at this address.")
        return slug
