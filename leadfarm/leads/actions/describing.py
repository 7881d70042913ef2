"""What a person says of a company: it stands, and who said it when is kept (S4-14)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.leads.actions.words import index_companies
from leadfarm.leads.models import Account, ProfileFact
from leadfarm.rules.codes import Confidence
from leadfarm.rules.names import company_key
from leadfarm.rules.profile.codes import ProfileField

COLUMNS = {
    "name": ProfileField.NAME,
    "country": ProfileField.COUNTRY,
    "industry": ProfileField.INDUSTRY,
    "sector": ProfileField.SECTOR,
    "employees": ProfileField.EMPLOYEES,
}
BY_HAND = "person"


@transaction.atomic
def describe_account(
    account: Account, told: Mapping[str, str | int | None], *, by: Actor, now: datetime
) -> list[ProfileField]:
    """Set what differs from what stands, keep its origin, and return the fields that changed."""
    locked = Account.objects.of(account.workspace_id).select_for_update().get(id=account.id)
    changed = {name: value for name, value in told.items() if value != getattr(locked, name)}
    if not changed:
        return []
    columns = dict(changed)
    if "name" in changed:
        columns["name_key"] = company_key(str(changed["name"]))[:200]
    Account.objects.of(account.workspace_id).filter(id=account.id).update(**columns)
    if "name" in changed:
        index_companies(account.workspace_id, [account.id])
    ProfileFact.objects.bulk_create(
        _fact(account, name, value, by, now) for name, value in changed.items()
    )
    return [COLUMNS[name] for name in changed]


def _fact(
    account: Account, name: str, value: str | int | None, by: Actor, now: datetime
) -> ProfileFact:
    """Return where a value comes from; words stand on the account only."""
    return ProfileFact(
        workspace_id=account.workspace_id,
        account_id=account.id,
        field=COLUMNS[name],
        value_number=value if name == "employees" else None,
        value_code=str(value or "") if name in ("country", "sector") else "",
        confidence=Confidence.HIGH,
        source=BY_HAND,
        member_id=by.member_id,
        happened_at=now,
        known_at=now,
        recorded_at=now,
    )
