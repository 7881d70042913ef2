"""A replay in figures: what the page and the command say of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from leadfarm.access.models import Member
from leadfarm.nurture.replay.outcome import Outcome, Sent
from leadfarm.rules.codes import Side

BY = {
    "itself": "a message of this program",
    "mailing": "a one-off mailing",
    "hand": "a mail written by hand",
    "call": "a call that reached them",
    "": "",
}
LIMITS = (
    "What keeps no history counts as it is today: owners, the contact's and the company's own"
    " columns, fit, working hours, the quiet window's length, the order of pieces. A pause of the"
    " program is not replayed."
)


@dataclass(frozen=True)
class Load:
    """Tasks due per person and week: the Mondays, and for each person as many counts."""

    weeks: tuple[date, ...]
    people: tuple[tuple[str, tuple[int, ...]], ...]


def in_words(found: Outcome) -> str:
    """Return what came of it in one sentence, with the figures."""
    leads = f"{found.chosen:,} lead{'' if found.chosen == 1 else 's'}"
    if found.chosen < found.found:
        leads += f" of {found.found:,} (the last to enter)"
    mails, tasks, held = found.count("mail"), found.count("task"), len(found.held)
    return (
        f"{leads} would have got {mails:,} message{'' if mails == 1 else 's'} and"
        f" {tasks:,} task{'' if tasks == 1 else 's'}; {held:,} time{'' if held == 1 else 's'}"
        " a message would have been held back."
    )


def compared_in_words(found: Outcome) -> str:
    """Return how the replay of what ran compares with what really happened."""
    same = found.compared
    told = f"{same.same:,} of {same.real:,} messages and tasks as they really happened"
    if same.is_equal:
        return f"{told}."
    return (
        f"{told}; {len(same.missing):,} missing, {len(same.extra):,} too many,"
        f" {len(same.shifted):,} at another time."
    )


def differences(found: Outcome) -> list[tuple[str, Sent, datetime | None]]:
    """Return the lines that differ: how, the line, and when it was replayed, if it was."""
    same = found.compared
    lines: list[tuple[str, Sent, datetime | None]] = [
        *(("Only really", line, None) for line in same.missing),
        *(("Only in the replay", line, line.at) for line in same.extra),
        *(("At another time", line, other.at) for line, other in same.shifted),
    ]
    return sorted(lines, key=lambda each: each[1].at)


def load_of(found: Outcome) -> Load:
    """Return how many tasks are due for whom in which week; without an owner, for the side."""
    workspace = found.question.workspace
    zone = ZoneInfo(workspace.time_zone)
    names = dict(Member.objects.filter(workspace_id=workspace.id).values_list("id", "name"))
    counts: Counter[tuple[str, date]] = Counter()
    for task in found.sent:
        if task.kind == "task":
            day = task.due_at.astimezone(zone).date()
            who = names.get(task.owner_id or 0) or f"Nobody, {Side(task.side or Side.PD).label}"
            counts[who, day - timedelta(days=day.weekday())] += 1
    weeks = tuple(sorted({week for _who, week in counts}))
    people = sorted({who for who, _week in counts})
    return Load(weeks, tuple((who, tuple(counts[who, week] for week in weeks)) for who in people))


def held_of(found: Outcome) -> list[tuple[str, str, int, int]]:
    """Return why and after whose touch messages were held back, how often, for how many leads."""
    times = Counter((one.because.label, _by(one.by)) for one in found.held)
    leads = {key: set[int]() for key in times}
    for one in found.held:
        leads[one.because.label, _by(one.by)].add(one.lead_id)
    return [(*key, many, len(leads[key])) for key, many in times.most_common()]


def _by(code: str) -> str:
    kind, _, name = code.partition(":")
    return f"the program {name}" if kind == "program" else BY[code]
