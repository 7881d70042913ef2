"""Old addresses find the survivor: which record a merged one went into."""

from collections.abc import Collection

from leadfarm.intake.models import Merge
from leadfarm.leads.models import Account, Contact

Record = Contact | Account


def survivors(workspace_id: int, kind: type[Record], ids: Collection[int]) -> dict[int, int]:
    """Return the survivor of each of these contacts or accounts that was merged, by its id.

    A merge lets the merged ones of its record follow, so one step always arrives.
    """
    gone, into = ("contact_id", "into_contact_id") if kind is Contact else (
        "account_id", "into_account_id"
    )  # fmt: skip
    found = Merge.objects.of(workspace_id).filter(undone_at=None, **{f"{gone}__in": list(ids)})
    pairs: list[tuple[int, int]] = list(found.values_list(gone, into))
    return dict(pairs)


def survivor(workspace_id: int, kind: type[Record], record_id: int) -> int | None:
    """Return the survivor of one contact or account, None where it was not merged."""
    return survivors(workspace_id, kind, [record_id]).get(record_id)
