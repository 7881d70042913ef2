"""Who takes part in the decision, as somebody says it on the lead page."""

from datetime import datetime
from typing import Any

from django import forms

from leadfarm.leads.listeners import ask_for_newcomer
from leadfarm.leads.models import Contact, Lead
from leadfarm.leads.queries.people import people_around
from leadfarm.rules.coded import Code
from leadfarm.rules.codes import BuyingRole
from leadfarm.rules.dossier.codes import Influence, Stance
from leadfarm.rules.names import normal_email


def _one_of(label: str, codes: type[Code]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Not known"), *codes.choices()],
        coerce=lambda value: codes(int(value)),
        empty_value=None,
        required=False,
    )


class PartForm(forms.Form):
    """One person's part: somebody we know at the company, or somebody new there."""

    contact = forms.ModelChoiceField(
        Contact.objects.none(), label="Who", required=False, empty_label="Somebody new"
    )
    given_name = forms.CharField(label="Given name, if new", max_length=100, required=False)
    family_name = forms.CharField(label="Family name, if new", max_length=100, required=False)
    email = forms.CharField(label="E-mail, if new", max_length=254, required=False)
    job_title = forms.CharField(label="Job title, if new", max_length=160, required=False)
    role = _one_of("Role", BuyingRole)
    stance = _one_of("Stance", Stance)
    influence = _one_of("Say", Influence)

    def __init__(self, lead: Lead, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lead = lead
        who = self.fields["contact"]
        assert isinstance(who, forms.ModelChoiceField)
        who.queryset = people_around(lead)

    def clean_email(self) -> str | None:
        """Refuse what is no address."""
        said = str(self.cleaned_data["email"]).strip()
        if said and normal_email(said) is None:
            raise forms.ValidationError("This is no e-mail address. Correct it, or leave it out.")
        return normal_email(said)

    def clean(self) -> dict[str, Any]:
        """Ask for somebody."""
        data = super().clean() or {}
        new = any(data.get(name) for name in ("given_name", "family_name", "email"))
        if not self.errors and data.get("contact") is None and not new:
            raise forms.ValidationError("Pick somebody, or give the name of somebody new.")
        return data

    def person(self, now: datetime) -> Contact:
        """Return the person picked, or the new one; who has this address already is that one."""
        data = self.cleaned_data
        if data["contact"] is not None:
            return data["contact"]  # type: ignore[no-any-return]
        told = {name: data[name] for name in ("given_name", "family_name", "job_title")}
        address = data["email"]
        ask_for_newcomer(self.lead.workspace_id, address, None)
        new = {**told, "account_id": self.lead.account_id, "recorded_at": now}
        contacts = Contact.objects.of(self.lead.workspace_id)
        if address:
            found, _ = contacts.get_or_create(
                workspace_id=self.lead.workspace_id,
                email_key=address,
                defaults={**new, "email": address},
            )
            return found
        return contacts.create(workspace_id=self.lead.workspace_id, **new)
