"""The people who rehearse a program: how they answer, and what is known of them."""

from dataclasses import dataclass, field
from datetime import timedelta

from leadfarm.leads.actions import Fact
from leadfarm.rules.codes import Disposition, FindingSection


@dataclass(frozen=True)
class Persona:
    """One made-up person.

    `says` are their answers to our calls, one after the other, the last one from then on; None: we
    never call. `reacts_after` is how long after it may happen they do what the program waits for;
    None: never.
    """

    slug: str
    name: str
    is_like: str
    says: tuple[Disposition | None, ...] = (Disposition.NO_ANSWER,)
    reacts_after: timedelta | None = None
    known: tuple[Fact, ...] = field(default=())

    def answer(self, call: int) -> Disposition | None:
        """Return what they say to this call, counted from 0."""
        return self.says[min(call, len(self.says) - 1)]


D = Disposition
PERSONAS = (
    Persona("not-now", "Not now", "Answers every call with “not now”, reacts to nothing.",
            says=(D.NOT_NOW,)),
    Persona("silent", "Never answers", "Takes no call, reacts to nothing."),
    Persona("warms-up", "Warms up", "“Not now” at first, reacts within two days, then wants help.",
            says=(D.NOT_NOW, D.HELP_NOW), reacts_after=timedelta(days=2)),
    Persona("help-now", "Wants help", "Wants help at the first call.", says=(D.HELP_NOW,),
            reacts_after=timedelta(hours=3)),
    Persona("has-plans", "Has plans", "“Not now”, and a time to buy is known.", says=(D.NOT_NOW,),
            known=(Fact(FindingSection.TIMELINE, "next spring"),)),
    Persona("forgotten", "Forgotten by us", "Nobody does the tasks of this lead.", says=(None,)),
)  # fmt: skip
