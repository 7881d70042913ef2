"""What a talk teaches: two or three facts of the dossier, sometimes at odds with an earlier one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import Fact, learn
from leadfarm.leads.models import Finding, Lead, Touch
from leadfarm.rules.codes import Confidence, FindingSection
from leadfarm.simulation.cast import Fate, Prospect, person, sayings

S = FindingSection
# In the order in which people tell: first what hurts, at last who pays.
ORDER = (
    S.PAIN_POINT,
    S.TIMELINE,
    S.PROFILE,
    S.EVENT,
    S.BUDGET,
    S.HOT_BUTTON,
    S.PEOPLE,
    S.COMPETITION,
)


def learn_from_talk(
    lead: Lead, prospect: Prospect, touch: Touch, *, by: Actor, now: datetime, dice: Random
) -> None:
    """Append what this talk told; who has no project tells what the company is like at most."""
    known = set(
        Finding.objects.of(lead.workspace_id).filter(lead_id=lead.id).values_list("section")
    )
    told = [s for s in ORDER if (int(s),) not in known]
    if prospect.fate not in (Fate.BUYS, Fate.ELSEWHERE):
        told = [s for s in told if s in (S.PROFILE, S.PAIN_POINT)]
    for section in told[: dice.randint(2, 3)]:
        _learn(lead, _fact(section, prospect, dice), touch, by, now)
    if not told and dice.random() < 0.3:
        _learn(lead, _contradiction(prospect, dice), touch, by, now)


def _learn(lead: Lead, fact: Fact, touch: Touch, by: Actor, now: datetime) -> None:
    learn(lead, fact, by=by, now=now, source="call", touch=touch)


def _fact(section: FindingSection, prospect: Prospect, dice: Random) -> Fact:
    sure = dice.choices((Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW), (6, 3, 1))[0]
    found = TOLD[section](prospect, dice)
    field = {S.BUDGET: "amount", S.TIMELINE: "decision"}.get(section, "")
    return Fact(section, found, field, sure)


def _contradiction(prospect: Prospect, dice: Random) -> Fact:
    """Return a later word on money or time that does not fit what was said before."""
    if dice.random() < 0.5:
        less = round(prospect.amount * dice.uniform(0.55, 0.8) / 5000) * 5000
        return Fact(S.BUDGET, less, "amount", Confidence.LOW)
    later = prospect.decides_on + timedelta(days=dice.choice((30, 60, 90)))
    return Fact(S.TIMELINE, later, "decision", Confidence.MEDIUM)


def _sentence(words: tuple[str, ...]) -> Callable[[Prospect, Random], str]:
    return lambda prospect, dice: placed(dice.choice(words), prospect, dice)


def _budget(prospect: Prospect, dice: Random) -> int:
    return round(prospect.amount * dice.uniform(0.9, 1.2) / 5000) * 5000


def _timeline(prospect: Prospect, dice: Random) -> date:
    return prospect.decides_on + timedelta(days=dice.randint(-15, 25))


TOLD: dict[FindingSection, Callable[[Prospect, Random], str | int | date]] = {
    S.PROFILE: _sentence(sayings.PROFILE),
    S.BUDGET: _budget,
    S.TIMELINE: _timeline,
    S.PEOPLE: _sentence(sayings.PEOPLE),
    S.EVENT: _sentence(sayings.EVENT),
    S.PAIN_POINT: _sentence(sayings.PAIN),
    S.HOT_BUTTON: _sentence(sayings.HOT_BUTTON),
    S.COMPETITION: _sentence(sayings.RIVALS),
}


def placed(words: str, prospect: Prospect, dice: Random) -> str:
    """Return the words with this prospect's machine, months, money and colleagues in them."""
    when = prospect.decides_on
    colleague = person(prospect.dice("colleague"), prospect.company)
    return words.format(
        machine=prospect.machine,
        season=f"{when:%B}",
        month=f"{when:%B}",
        budget=f"{prospect.amount:,} euros",
        count=dice.randint(12, 60),
        name=f"{colleague.given} {colleague.family}",
        rival=prospect.vendor,
    )
