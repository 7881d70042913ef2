"""How both shapes of query read the dossier: only what stands of each thread at the moment."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from leadfarm.rules.clauses.binds import Binds
from leadfarm.rules.clauses.contradictions import contradicts
from leadfarm.rules.clauses.moment import Moment
from leadfarm.rules.clauses.reach import AnyOf, FindingColumn, Share
from leadfarm.rules.codes import FindingSection

SAYS = (
    "(finding.text_id IS NOT NULL OR finding.value_number IS NOT NULL"
    " OR finding.value_date IS NOT NULL OR finding.value_code IS NOT NULL)"
)
"""Whether a finding tells anything: one that takes back, or whose words are erased, does not."""
ALWAYS_THERE = ("known_at", "confidence")
PEOPLE, ROLE = 4, "role"


def finding_column(column: FindingColumn) -> str:
    """Where the value lies: words have a row of their own."""
    return "words.body" if column == "words" else f"finding.{column}"


def carries(column: FindingColumn) -> str:
    """Whether a finding has a value in the column; what every row has counts where it says some."""
    return SAYS if column in ALWAYS_THERE else f"{finding_column(column)} IS NOT NULL"


def of_field(binds: Binds, section: int, name: str | None) -> str:
    """Whether a finding is of this section, and of this field of it where one is named."""
    text = f"finding.section = {binds.bind(section)}"
    return text if name is None else f"{text} AND finding.field = {binds.bind(name)}"


def answers(binds: Binds, asked: AnyOf) -> str:
    """Whether a finding answers one of these keys."""
    texts = []
    for section, name, code in asked:
        text = of_field(binds, section, name)
        with_code = "" if code is None else f" AND finding.value_code = {binds.bind(code)}"
        texts.append(f"({text}{with_code} AND {SAYS})")
    return f"({' OR '.join(texts)})"


def share_of(binds: Binds, share: Share) -> str:
    """The weighted share of what is asked that is known, as an aggregate over findings."""
    terms = " + ".join(
        f"{weight} * coalesce(bool_or({answers(binds, asked)}), false)::int"
        for asked, weight in zip(share.asks, share.weights, strict=True)
    )
    return f"({share.scale} * ({terms}) / {share.total})"


class FindingsBeside:
    """Correlated subqueries over the findings of `lead`."""

    moment: Moment
    binds: Binds
    workspace_id: int

    def _stood(self, also: Sequence[str], *, words: bool = False) -> str:
        """FROM and WHERE of the lead's findings that nothing of their thread had superseded."""
        own = self.binds.bind(self.workspace_id)
        at = self.binds.bind(self.moment.at)
        join = (
            f" JOIN leads_personaltext words ON words.workspace_id = {own}"
            " AND words.id = finding.text_id"
        )
        return (
            f"FROM leads_finding finding{join if words else ''} WHERE finding.workspace_id = {own}"  # noqa: S608 - names are ours, values are bound
            f" AND finding.lead_id = lead.id AND finding.known_at <= {at}"
            f" AND {' AND '.join(also)} AND NOT EXISTS (SELECT 1 FROM leads_finding later"
            f" WHERE later.workspace_id = {own} AND later.lead_id = lead.id"
            " AND later.section = finding.section AND later.field = finding.field"
            f" AND later.thread = finding.thread AND later.known_at <= {at}"
            " AND (later.known_at, later.id) > (finding.known_at, finding.id))"
        )

    def finding(self, section: int, field: str | None, column: FindingColumn) -> str:
        """The newest standing row that carries the column."""
        rows = self._stood(
            [of_field(self.binds, section, field), carries(column)], words=column == "words"
        )
        order = "ORDER BY finding.known_at DESC, finding.id DESC LIMIT 1"
        return f"(SELECT {finding_column(column)} {rows} {order})"

    def any_finding(self, section: int, field: str | None) -> str:
        """True or null."""
        return f"(SELECT true {self._stood([of_field(self.binds, section, field), SAYS])} LIMIT 1)"

    def joined(self, section: int, field: str) -> str:
        """All words that stand, oldest first, a line each."""
        rows = self._stood([of_field(self.binds, section, field)], words=True)
        order = "ORDER BY finding.known_at, finding.id"
        return f"(SELECT string_agg(words.body, chr(10) {order}) {rows})"

    def share(self, share: Share) -> str:
        """How much is known, never null."""
        rows = self._stood([SAYS])
        return f"coalesce((SELECT {share_of(self.binds, share)} {rows}), 0)"

    def contradictions(self) -> str:
        """How many contradict, never null."""
        return f"(SELECT count(*) {self._stood([contradicts(self.binds, self.workspace_id)])})"

    def roles_then(self) -> str:
        """An array of the roles that stood."""
        such = [of_field(self.binds, PEOPLE, ROLE), "finding.value_code IS NOT NULL"]
        return f"ARRAY(SELECT finding.value_code::bigint {self._stood(such)})"


class FindingsGathered(ABC):
    """Aggregates over the standing findings of all leads."""

    binds: Binds
    workspace_id: int
    sections: set[int]
    reads_words: bool

    @abstractmethod
    def _column(self, table: str, expression: str) -> str:
        """Gather the expression over a lead's rows of the table; return the column's name."""

    def _of_section(self, section: int, name: str | None) -> str:
        self.sections.add(section)
        return of_field(self.binds, section, name)

    def finding(self, section: int, field: str | None, column: FindingColumn) -> str:
        """The first of all values, newest first: every reading shares one sort."""
        self.reads_words = self.reads_words or column == "words"
        only = f"{self._of_section(section, field)} AND {carries(column)}"
        order = "ORDER BY finding.known_at DESC, finding.id DESC"
        value = finding_column(column)
        return self._column("finding", f"(array_agg({value} {order}) FILTER (WHERE {only}))[1]")

    def any_finding(self, section: int, field: str | None) -> str:
        """True or null."""
        only = f"{self._of_section(section, field)} AND {SAYS}"
        return self._column("finding", f"bool_or(true) FILTER (WHERE {only})")

    def joined(self, section: int, field: str) -> str:
        """All words that stand, oldest first, a line each."""
        self.reads_words = True
        only = f"{self._of_section(section, field)} AND words.body IS NOT NULL"
        order = "ORDER BY finding.known_at, finding.id"
        text = f"string_agg(words.body, chr(10) {order}) FILTER (WHERE {only})"
        return self._column("finding", text)

    def share(self, share: Share) -> str:
        """How much is known, never null."""
        self.sections.update(key[0] for asked in share.asks for key in asked)
        return f"coalesce({self._column('finding', share_of(self.binds, share))}, 0)"

    def contradictions(self) -> str:
        """How many contradict, never null."""
        self.sections.update(int(each) for each in FindingSection)
        only = contradicts(self.binds, self.workspace_id)
        return f"coalesce({self._column('finding', f'count(*) FILTER (WHERE {only})')}, 0)"

    def roles_then(self) -> str:
        """An array of the roles that stood."""
        only = f"{self._of_section(PEOPLE, ROLE)} AND finding.value_code IS NOT NULL"
        codes = self._column(
            "finding", f"array_agg(finding.value_code::bigint) FILTER (WHERE {only})"
        )
        return f"coalesce({codes}, ARRAY[]::bigint[])"

    def _standing(self, rows: str) -> str:
        """The newest finding of each thread, with its words where they are asked for."""
        thread = "lead_id, section, field, thread"
        newest = (
            f"(SELECT DISTINCT ON ({thread}) * FROM {rows}"  # noqa: S608 - as above
            f" ORDER BY {thread}, known_at DESC, id DESC) finding"
        )
        if not self.reads_words:
            return newest
        return (
            f"{newest} LEFT JOIN leads_personaltext words"
            f" ON words.workspace_id = {self.binds.bind(self.workspace_id)}"
            " AND words.id = finding.text_id"
        )
