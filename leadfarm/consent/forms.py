"""What people write about consent and rights."""

from datetime import date
from typing import Any

from django import forms

from leadfarm.consent.models import PrivacyRule
from leadfarm.leads.models import Contact
from leadfarm.rules.consent import Basis, Purpose
from leadfarm.rules.names import normal_email, normal_phone
from leadfarm.rules.privacy import RequestKind

WRITABLE = [b for b in Basis if b is not Basis.LEGITIMATE_INTEREST]


class ConsentForm(forms.Form):
    """A consent that was given elsewhere, with its proof."""

    purpose = forms.TypedChoiceField(
        label="What for",
        choices=[(p.value, p.label) for p in Purpose if p.can_be_refused],
        coerce=lambda value: Purpose(int(value)),
    )
    basis = forms.TypedChoiceField(
        label="On which ground",
        choices=[(b.value, b.label) for b in WRITABLE],
        coerce=lambda value: Basis(int(value)),
    )
    happened_on = forms.DateField(
        label="When they agreed", widget=forms.DateInput(attrs={"type": "date"})
    )
    wording = forms.CharField(
        label="In which words",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="As they read or heard them.",
    )
    source = forms.CharField(
        label="The proof",
        max_length=120,
        help_text="Where it lies: a signed form in folder 7, the recording of a call.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_happened_on(self) -> date:
        """Refuse a day to come: nobody has agreed on it yet."""
        day: date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError("This day is still to come. Give the day they agreed.")
        return day


class RequestForm(forms.Form):
    """A right that somebody uses."""

    kind = forms.TypedChoiceField(
        label="What they ask for",
        choices=[
            (k.value, f"{k.label}: {k.meaning[0].lower()}{k.meaning[1:]}") for k in RequestKind
        ],
        coerce=lambda value: RequestKind(int(value)),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="How and why they asked",
        max_length=300,
        required=False,
        help_text="A letter of 3 March, a call. An erasure takes these words too.",
    )


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is right about a person."""

    why = forms.CharField(label="Who says so", max_length=200, required=False)
    bar_old = forms.BooleanField(
        label="Never use the old address or number again",
        required=False,
        help_text="It was somebody else's: it is barred, also when a file brings it back.",
    )

    class Meta:
        model = Contact
        fields = ("given_name", "family_name", "job_title", "email", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean_email(self) -> str:
        """Refuse what is no address."""
        said = str(self.cleaned_data["email"] or "").strip()
        if said and normal_email(said) is None:
            raise forms.ValidationError("This is no e-mail address. Correct it, or leave it empty.")
        return said

    def _post_clean(self) -> None:
        """Leave saving and its refusals to the verb."""

    def values(self) -> dict[str, str]:
        """Return the values as they were written."""
        return {name: str(self.cleaned_data.get(name) or "") for name in self.Meta.fields}


class PrivacyRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """How long what is kept."""

    class Meta:
        model = PrivacyRule
        fields = (
            *("payload_days", "mail_days", "note_days", "file_days", "receipt_days"),
            *("sleeping_months", "erasure_wait_days"),
        )
        labels = {
            "payload_days": "Raw payloads of captured forms, API calls and mails, in days",
            "mail_days": "Words of mails, in days",
            "note_days": "Notes and what was said, in days",
            "file_days": "Imported files, and values that imports and merges replaced, in days",
            "receipt_days": "Quarantined and refused arrivals, in days",
            "sleeping_months": "Propose for erasure who sleeps without a touch, after months",
            "erasure_wait_days": "Time to think before an erasure begins, in days",
        }
        help_texts = {
            "erasure_wait_days": "0: it begins when somebody says so, below what it takes.",
            "payload_days": "Empty: three years.",
            "receipt_days": "Empty: 180 days.",
            "file_days": "Empty: two years. Until then an import or a merge can be undone.",
            "sleeping_months": "Empty: nobody is proposed. Nobody is erased by this alone.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = name == "erasure_wait_days"
            if field.required is False:
                field.help_text = field.help_text or "Empty: as long as the record."


class SuppressionListForm(forms.Form):
    """A list of addresses that must not be written to."""

    file = forms.FileField(
        label="The list",
        help_text="CSV or text, one address, number or hash a line. Hashes are SHA-256 or MD5 of"
        " the address in lower case.",
    )


class AddressForm(forms.Form):
    """One address to look up."""

    address = forms.CharField(label="Address or number", max_length=254)

    def __init__(self, *args: Any, country: str) -> None:
        super().__init__(*args)
        self._country = country

    def clean_address(self) -> str:
        """Return the address, or the number as it is compared: nothing else can be barred."""
        told: str = self.cleaned_data["address"].strip()
        found = told if "@" in told else normal_phone(told, self._country)
        if not found:
            raise forms.ValidationError("Give a mail address or a telephone number.")
        return found
