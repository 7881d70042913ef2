"""Accounts of a chunk: matched with those there, new ones made, what files tell of them updated."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from leadfarm.engine import arrays
from leadfarm.intake.importing import tables
from leadfarm.intake.importing.overwriting import Overwriting
from leadfarm.intake.importing.record import Record
from leadfarm.intake.sql import statement

if TYPE_CHECKING:
    from leadfarm.intake.importing.output import Output

# Of an account: the columns as accounts_there returns them.
ID, DOMAIN, NAME_KEY, NAME, COUNTRY, INDUSTRY, EMPLOYEES = range(7)
Account = list[Any]


class Companies:
    """Says for each record which account it is about; the domain decides, then the name."""

    def __init__(self, cursor: Any, over: Overwriting, flying: Mapping[int, Account]) -> None:
        self.cursor, self.over, self.flying = cursor, over, flying
        self.by_domain: dict[str, Account] = {}
        self.by_name: dict[str, Account] = {}
        self.new: list[Account] = []
        self.told: dict[int, Account] = {}

    def resolve(self, records: Sequence[Record]) -> list[tuple[Account | None, bool]]:
        """Return the account (with its id) and whether the row told something of one there."""
        self._load(records)
        found = [self._account(record) for record in records]
        ids = tables.reserve(self.cursor, "account", len(self.new))
        for account, number in zip(self.new, ids, strict=True):
            account[ID] = number
        return found

    def latest(self) -> dict[int, Account]:
        """Return the accounts this chunk made or changed, by id."""
        return {account[ID]: account for account in self.new} | self.told

    def _load(self, records: Sequence[Record]) -> None:
        domains = {r.domain for r in records if r.domain}
        names = {r.company_key for r in records if r.company_key}
        terms = {
            "workspace": self.over.workspace,
            "domains": arrays.texts(domains),
            "names": arrays.texts(names),
        }
        self.cursor.execute(statement("accounts_there"), terms)
        there = self.cursor.fetchall()
        flying = {row[ID] for row in there} & self.flying.keys()
        flying |= {
            number
            for number, account in self.flying.items()
            if account[DOMAIN] in domains or account[NAME_KEY] in names
        }
        found = [list(row) for row in there if row[ID] not in flying]
        found += [list(self.flying[number]) for number in flying]
        for account in sorted(found, key=itemgetter(ID)):
            self._index(account)

    def _index(self, account: Account) -> None:
        """The oldest account of a name is the one that rows without a domain mean."""
        if account[DOMAIN]:
            self.by_domain.setdefault(account[DOMAIN], account)
        if account[NAME_KEY]:
            before = self.by_name.get(account[NAME_KEY])
            if before is None or (before[DOMAIN] and not account[DOMAIN]):
                self.by_name[account[NAME_KEY]] = account

    def _account(self, record: Record) -> tuple[Account | None, bool]:
        if not record.company and not record.domain:
            return None, False
        account = self.by_domain.get(record.domain) if record.domain else None
        if account is None and record.company_key:
            named = self.by_name.get(record.company_key)
            # Another domain is another company, even of the same name.
            if named is not None and not (record.domain and named[DOMAIN]):
                account = named
        if account is None:
            return (self._open(record) if self.over.opens else None), False
        return account, self._tell(account, record)

    def _open(self, record: Record) -> Account:
        values = (record.country, record.industry, record.employees)
        account: Account = [None, record.domain, record.company_key, record.company, *values]
        self.new.append(account)
        self._index(account)
        return account

    def _tell(self, account: Account, record: Record) -> bool:
        """Change what the overwrite rules allow; a name we only made from the domain gives way."""
        if not self.over.tells:
            return False
        before = list(account)
        if record.domain and not account[DOMAIN]:
            account[DOMAIN] = record.domain
            self.by_domain.setdefault(record.domain, account)
        made_up = account[NAME] == account[DOMAIN]
        if record.company_key and (made_up or self.over.always("company")):
            account[NAME], account[NAME_KEY] = record.company, record.company_key
            self.by_name.setdefault(record.company_key, account)
        account[COUNTRY] = self.over.pick("country", account[COUNTRY], record.country)
        account[INDUSTRY] = self.over.pick("industry", account[INDUSTRY], record.industry)
        account[EMPLOYEES] = self.over.pick("employees", account[EMPLOYEES], record.employees)
        if account == before:
            return False
        if account[ID] is not None:
            self.told[account[ID]] = account
        return True

    def hand_over(self, out: "Output") -> None:
        """Add what is new and what was told to what the chunk writes."""
        workspace, now = self.over.workspace, self.over.now
        out.rows["account"] = [
            (workspace, a[ID], a[NAME], a[NAME_KEY], a[DOMAIN], *a[COUNTRY:], now) for a in self.new
        ]
        out.told["account"] = [
            (a[ID], a[NAME], a[NAME_KEY], a[DOMAIN], *a[COUNTRY:]) for a in self.told.values()
        ]
