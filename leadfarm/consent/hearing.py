"""What a touch means for consent: a call that reached them counts, and "do not call" bars calls."""

from leadfarm.access.actors import Actor
from leadfarm.access.models import Workspace
from leadfarm.consent.actions.suppression import bar_known_addresses, suppress
from leadfarm.consent.actions.window import note_touched
from leadfarm.consent.addresses import refuse_erased
from leadfarm.leads.models import Contact, Touch
from leadfarm.rules.codes import Disposition, TouchKind
from leadfarm.rules.consent import SuppressionReason


def hear(touch: Touch) -> None:
    """Count a call that reached the contact in their quiet window (law 6); obey "do not call".

    Whoever is entered by hand with an address or a number that is barred is barred from then on;
    who was erased is not entered again (ErasedPersonError).
    """
    if touch.contact_id is None:
        return
    if touch.member_id is not None:
        _carry_over(touch)
    if touch.by_machine:
        return
    if not touch.disposition:
        return
    said = Disposition(touch.disposition)
    if touch.kind == TouchKind.CALL and said.connected:
        workspace = Workspace.objects.get(id=touch.workspace_id)
        note_touched(workspace, touch.contact_id, at=touch.happened_at)
    if said is Disposition.DO_NOT_CALL:
        contact = Contact.objects.of(touch.workspace_id).get(id=touch.contact_id)
        by = Actor("member", touch.member_id)
        suppress(contact, SuppressionReason.DO_NOT_CALL, by=by, now=touch.recorded_at)


def _carry_over(touch: Touch) -> None:
    """Refuse whoever was erased, and carry bars over, for a contact that may be just made."""
    assert touch.contact_id is not None
    contact = Contact.objects.of(touch.workspace_id).get(id=touch.contact_id)
    if contact.recorded_at == touch.recorded_at:
        refuse_erased(touch.workspace_id, contact.email_key, contact.phone_key)
    elif not TouchKind(touch.kind).is_inquiry:
        return
    addresses = (contact.email_key, contact.phone_key)
    bar_known_addresses(touch.workspace_id, [(contact.id, one) for one in addresses if one])
