"""Old addresses find the survivor: which record a merged one went into."""

from collections.abc import Collection

from leadfarm.intake.models import Merge
from leadfarm.leads.models import Account, Contact

Record = Contact | Account


def _ends(kind: type[Record]) -> tuple[str, str]:
    """Return the columns of a merge that say who went and into whom."""
    name = "contact_id" if kind is Contact else "account_id"
    return name, f"into_{name}"


def survivors(workspace_id: int, kind: type[Record], ids: Collection[int]) -> dict[int, int]:
    """Return the survivor of each of these contacts or accounts that was merged, by its id.

    A merge lets the merged ones of its record follow, so one step always arrives.
    """
    gone, into = _ends(kind)
    found = Merge.objects.of(workspace_id).filter(undone_at=None, **{f"{gone}__in": list(ids)})
    pairs: list[tuple[int, int]] = list(found.values_list(gone, into))
    return dict(pairs)


def gone_into(workspace_id: int, kind: type[Record], record_id: int) -> list[int]:
    """Return the contacts or accounts that were merged into this one."""
    gone, into = _ends(kind)
    found = Merge.objects.of(workspace_id).filter(undone_at=None, **{into: record_id})
    return list(found.values_list(gone, flat=True))
