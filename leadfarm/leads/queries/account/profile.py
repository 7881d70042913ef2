"""The profile of a company: each value with who said it, how sure and how long ago (S4-14)."""

from dataclasses import dataclass
from datetime import datetime

from leadfarm.leads.models import Account, ProfileFact
from leadfarm.leads.queries.dossier import source_words
from leadfarm.rules.codes import Confidence
from leadfarm.rules.profile.codes import ProfileField, size_band
from leadfarm.rules.profile.sectors import Sector
from leadfarm.ui import words

ORIGINS = {"person": "Entered here", "offline": "Read from what is there"}


@dataclass(frozen=True)
class ProfileValue:
    """One value and where it comes from."""

    field: ProfileField
    value: str
    note: str
    href: str
    who: str
    at: datetime
    confidence: Confidence | None  # None: it came in with the record


def profile_of(account: Account) -> list[ProfileValue]:
    """Return what is known of the company, in one query; blanks are left out."""
    facts = ProfileFact.objects.of(account.workspace_id).filter(account_id=account.id)
    newest: dict[int, ProfileFact] = {}
    for fact in facts.select_related("member").order_by("-known_at", "-id"):
        newest.setdefault(fact.field, fact)
    sector = Sector(account.sector).label if account.sector else ""
    size = f"{account.employees:,}" if account.employees else ""
    site = f"https://{account.domain}" if account.domain else ""
    told = [
        (ProfileField.DOMAIN, account.domain or "", "", site),
        (ProfileField.INDUSTRY, account.industry, "", ""),
        (ProfileField.SECTOR, sector, "", ""),
        (ProfileField.EMPLOYEES, size, size_band(account.employees), ""),
        (ProfileField.COUNTRY, words.country(account.country), "", ""),
    ]
    return [
        _value(account, field, value, note, href, newest.get(field))
        for field, value, note, href in told
        if value
    ]


def _value(
    account: Account,
    field: ProfileField,
    value: str,
    note: str,
    href: str,
    fact: ProfileFact | None,
) -> ProfileValue:
    if fact is None:
        came = "Came in with the record"
        return ProfileValue(field, value, note, href, came, account.recorded_at, None)
    origin = ORIGINS.get(fact.source, source_words(fact.source))
    who = fact.member.name if fact.member else origin
    return ProfileValue(field, value, note, href, who, fact.known_at, Confidence(fact.confidence))
