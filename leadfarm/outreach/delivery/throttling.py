"""Keeping the limits of sending: what fits goes now, the rest gets its reason and its time.

Whoever claims messages locks the mailbox's book until the claim is durable, so any number of
workers keep one limit together. What somebody asked for is counted, and never held up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from leadfarm.access.models import Workspace
from leadfarm.outreach.models import SendingRule
from leadfarm.rules.consent import HeldBecause
from leadfarm.rules.quiet_window import Nature
from leadfarm.rules.sending_pace import Book, Pace, later_of, promised

MAILBOX = ""
LOCK = """
INSERT INTO outreach_outflow (workspace_id, domain, used_at, used, promised_at, promised)
VALUES (%(workspace)s, '', %(now)s, '{0,0,0}', %(now)s, '{0,0,0}')
    ON CONFLICT (workspace_id, domain) DO UPDATE SET domain = excluded.domain
RETURNING used_at, used, promised_at, promised
"""
READ = """
SELECT domain, used_at, used, promised_at, promised FROM outreach_outflow
 WHERE workspace_id = %(workspace)s AND domain = ANY(%(domains)s)
"""
WRITE = """
INSERT INTO outreach_outflow (workspace_id, domain, used_at, used, promised_at, promised)
SELECT %(workspace)s, domain, used_at, ARRAY[used_0, used_1, used_2],
       promised_at, ARRAY[promised_0, promised_1, promised_2]
  FROM unnest(%(domains)s::text[], %(used_ats)s::timestamptz[], %(used_0)s::int[],
              %(used_1)s::int[], %(used_2)s::int[], %(promised_ats)s::timestamptz[],
              %(promised_0)s::int[], %(promised_1)s::int[], %(promised_2)s::int[])
       AS book (domain, used_at, used_0, used_1, used_2, promised_at, promised_0, promised_1,
                promised_2)
    ON CONFLICT (workspace_id, domain) DO UPDATE
   SET used_at = excluded.used_at, used = excluded.used,
       promised_at = excluded.promised_at, promised = excluded.promised
"""
FORGET = """
DELETE FROM outreach_outflow
 WHERE workspace_id = %(workspace)s AND domain <> ''
   AND greatest(used_at, promised_at) < %(now)s - interval '2 days'
"""
POSTPONE = """
UPDATE outreach_message message
   SET state = 1, held_because = put.because, not_before = put.goes_at
  FROM unnest(%(ids)s::bigint[], %(reasons)s::integer[], %(times)s::timestamptz[])
       AS put (id, because, goes_at)
 WHERE message.workspace_id = %(workspace)s AND message.id = put.id
"""


class Bound(NamedTuple):
    """A message as far as limits are concerned; mail to our own people has no domain."""

    id: int
    domain: str
    nature: int

    @property
    def waits_for_nothing(self) -> bool:
        """Say whether no limit holds it up."""
        return not self.domain or Nature(self.nature).is_never_held


class Late(NamedTuple):
    """A message that must wait: why, and until when."""

    id: int
    because: HeldBecause
    goes_at: datetime


class Books(NamedTuple):
    """What was used and what was promised."""

    used: Book
    promised: Book


@dataclass
class Throttle:
    """The limits of a workspace, its books locked until the transaction ends."""

    cursor: Any
    workspace: Workspace
    rule: SendingRule
    now: datetime
    _books: dict[str, Books] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lock the mailbox's book; once a day forget the domains nobody writes to any more."""
        zone = ZoneInfo(self.workspace.time_zone)
        self._mailbox, self._domain = self.rule.of_mailbox(zone), self.rule.of_domain(zone)
        self._own = {"workspace": self.workspace.id, "now": self.now}
        self.cursor.execute(LOCK, self._own)
        row = self.cursor.fetchone()
        self._keep(MAILBOX, row)
        if Book(row[0], *row[1]).day and not self._books[MAILBOX].used.day:
            self.cursor.execute(FORGET, self._own)

    def fitting(self, messages: Sequence[Bound]) -> set[int]:
        """Return the ids of those that may go now; put off the others.

        What no limit holds up is counted at once, the rest once it is known to go.
        """
        self._read({message.domain for message in messages})
        self._add(message for message in messages if message.waits_for_nothing)
        late: list[Late] = []
        by_domain: dict[str, list[Bound]] = defaultdict(list)
        for message in messages:
            if not message.waits_for_nothing:
                by_domain[message.domain].append(message)
        fit: list[Bound] = []
        for domain, group in by_domain.items():
            fit += self._cut(domain, group, HeldBecause.DOMAIN_LIMIT, late)
        fit = self._cut(MAILBOX, sorted(fit), self._why_full(), late)
        self._postpone(late)
        return {m.id for m in fit} | {m.id for m in messages if m.waits_for_nothing}

    def count(self, messages: Iterable[Bound]) -> None:
        """Write down that these go, and what was promised to the others."""
        self._add(message for message in messages if not message.waits_for_nothing)
        self._write()

    def give_back(self, messages: Sequence[Bound], taken_at: datetime) -> None:
        """Take back the count of messages that were claimed then, and not handed over after all.

        Only of minutes, hours and days that are not over: the others' counts are gone already.
        """
        self._read({message.domain for message in messages})
        for domain, number in _numbers(messages).items():
            used, ahead = self._books[domain]
            spans = zip(
                used[1:],
                self._pace(domain).starts(used.at),
                self._pace(domain).starts(taken_at),
                strict=True,
            )
            left = [max(had - number, 0) if now == then else had for had, now, then in spans]
            self._books[domain] = Books(Book(used.at, *left), ahead)
        self._write()

    def _add(self, messages: Iterable[Bound]) -> None:
        for domain, number in _numbers(messages).items():
            used, ahead = self._books[domain]
            self._books[domain] = Books(used.plus(number), ahead)

    def _pace(self, domain: str) -> Pace:
        return self._domain if domain else self._mailbox

    def _keep(self, domain: str, row: tuple[Any, ...]) -> None:
        pace = self._pace(domain)
        used, ahead = Book(row[0], *row[1]), Book(row[2], *row[3])
        self._books[domain] = Books(used.turned(self.now, pace), ahead.turned(self.now, pace))

    def _read(self, domains: set[str]) -> None:
        missing = sorted(domains - self._books.keys())
        if missing:
            fresh = Book(self.now)
            self._books.update(dict.fromkeys(missing, Books(fresh, fresh)))
            self.cursor.execute(READ, self._own | {"domains": missing})
            for domain, *row in self.cursor.fetchall():
                self._keep(domain, tuple(row))

    def _cut(
        self, domain: str, messages: Sequence[Bound], because: HeldBecause, late: list[Late]
    ) -> list[Bound]:
        """Return the first that have room; add the others with the time promised to them."""
        (used, ahead), pace = self._books[domain], self._pace(domain)
        room = used.room(pace)
        over = messages[room:]
        if over:
            times, ahead = promised(later_of(used.plus(room), ahead, pace), pace, len(over))
            self._books[domain] = Books(used, ahead)
            late += [Late(m.id, because, at) for m, at in zip(over, times, strict=True)]
        return list(messages[:room])

    def _why_full(self) -> HeldBecause:
        warm_up = self.rule.warm_up
        used = self._books[MAILBOX].used
        if warm_up is None:
            return HeldBecause.MAILBOX_LIMIT
        cap = warm_up.cap(warm_up.place(self.now.astimezone(self._mailbox.zone).date()))
        below = self._mailbox.at(self.now)[:2]
        is_day = cap - used.day <= min(may - had for may, had in zip(below, used[1:3], strict=True))
        return HeldBecause.WARM_UP if is_day and cap < warm_up.goal else HeldBecause.MAILBOX_LIMIT

    def _postpone(self, late: Sequence[Late]) -> None:
        if late:
            ids, reasons, times = zip(*late, strict=True)
            values = {"ids": list(ids), "reasons": list(map(int, reasons)), "times": list(times)}
            self.cursor.execute(POSTPONE, self._own | values)

    def _write(self) -> None:
        domains = sorted(self._books)
        values: dict[str, Any] = {"domains": domains}
        for name, place in (("used", 0), ("promised", 1)):
            books = [self._books[domain][place] for domain in domains]
            values[f"{name}_ats"] = [book.at for book in books]
            for span in range(3):
                values[f"{name}_{span}"] = [book[span + 1] for book in books]
        self.cursor.execute(WRITE, self._own | values)


def _numbers(messages: Iterable[Bound]) -> Counter[str]:
    """Return how many there are by domain, and of all of them for the mailbox."""
    listed = list(messages)
    numbers = Counter(message.domain for message in listed if message.domain)
    numbers[MAILBOX] = len(listed)
    return numbers
