"""Who is it? The keys surer or weaker than an address, asked only of arrivals that bring them."""

from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import prepared
from leadfarm.intake.arrival import Sent
from leadfarm.rules.matching import MatchBy
from leadfarm.rules.names import normal_phone, person_key

# Two arrivals of one key wait for each other; the lock goes with the transaction.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(%(workspace)s::integer, hashtext(%(key)s::text))"
BY_EXTERNAL_ID = """
SELECT contact_id FROM leads_lead
 WHERE workspace_id = %(workspace)s::integer AND external_id = %(external_id)s::text
   AND contact_id IS NOT NULL
"""
BY_PHONE = """
SELECT id, given_name, family_name FROM leads_contact
 WHERE workspace_id = %(workspace)s::integer AND phone_key = %(phone)s::text ORDER BY id LIMIT 200
"""


def one_at_a_time(workspace: Workspace, key: str) -> None:
    """Wait until whoever works on the same key in another transaction is done."""
    prepared(ONE_AT_A_TIME, {"workspace": workspace.id, "key": key})


def recognised(workspace: Workspace, sent: Sent) -> tuple[int, MatchBy] | None:
    """Return the contact that another key than the address finds, and that key; None: nobody.

    An external id is surer than an address; a number with a name counts where there is no address.
    """
    if sent.external_id:
        one_at_a_time(workspace, f"external id {sent.external_id}")
        terms = {"workspace": workspace.id, "external_id": sent.external_id}
        for row in prepared(BY_EXTERNAL_ID, terms):
            return int(row["contact_id"]), MatchBy.EXTERNAL_ID
    if not sent.email:
        return _by_phone(workspace, sent)
    return None


def _by_phone(workspace: Workspace, sent: Sent) -> tuple[int, MatchBy] | None:
    phone = normal_phone(sent.phone, sent.country or workspace.country)
    name = person_key(f"{sent.given_name} {sent.family_name}")
    if not phone or not name:
        return None
    one_at_a_time(workspace, f"phone {phone}")
    people: list[dict[str, Any]] = prepared(BY_PHONE, {"workspace": workspace.id, "phone": phone})
    for one in people:
        if person_key(f"{one['given_name']} {one['family_name']}") == name:
            return int(one["id"]), MatchBy.PHONE_AND_NAME
    return None
