"""The truth about each lead: known to the simulation and to tests, never to the product.

It is a function of seed and number alone, so that what the product concludes can be held against
it at any time.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from random import Random

from leadfarm.rules.coded import Code
from leadfarm.rules.codes import TouchKind
from leadfarm.simulation.cast.people import Company, Person, companies, outsider, person
from leadfarm.simulation.cast.sources import CAMPAIGNS, SOURCES, PlantedCampaign, PlantedSource
from leadfarm.simulation.cast.trades import COMPETITORS

# More comes in before the summer stop and in autumn; little in July, August and December.
SEASON = (1.0, 1.1, 1.2, 1.15, 1.1, 1.0, 0.6, 0.6, 1.25, 1.3, 1.15, 0.55)
COLLEAGUE = 0.09


class Fate(Code):
    """What becomes of a lead in truth, if somebody looks after it."""

    BUYS = 1, "Buys from us"
    ELSEWHERE = 2, "Buys from another maker"
    STAYS = 3, "Has no project in these years"
    UNFIT = 4, "Can never buy"
    SILENT = 5, "Never answers"


@dataclass(frozen=True)
class Prospect:
    """One lead to come: who, from where, when, and its truth."""

    number: int
    person: Person
    company: Company
    source: PlantedSource
    campaign: PlantedCampaign | None
    kind: TouchKind
    enters_at: datetime
    fate: Fate
    unfit: str
    decides_on: date
    amount: int
    vendor: str
    reach: float
    machine: str

    def days_left(self, today: date) -> int:
        """Return how many days there are until they decide; negative afterwards."""
        return (self.decides_on - today).days

    def dice(self, *purpose: object) -> Random:
        """Return this lead's own dice for a purpose; the same each time."""
        words = "/".join(str(word) for word in purpose)
        return Random(f"{self.person.email}/{self.number}/{words}")  # noqa: S311

    def as_json(self) -> dict[str, object]:
        """Return the truth as it is kept aside."""
        told = {"number": self.number, "email": self.person.email, "source": self.source.name}
        later = {"amount": self.amount, "vendor": self.vendor, "unfit": self.unfit}
        return (
            told
            | asdict(self.person)
            | later
            | {
                "fate": self.fate.slug,
                "decides_on": self.decides_on.isoformat(),
                "enters_at": self.enters_at.isoformat(),
            }
        )


def prospects(seed: int, many: int, start: datetime, until: datetime) -> list[Prospect]:
    """Return the leads of a history from `start` to `until`, in the order in which they enter."""
    dice = Random(f"{seed}/entries")  # noqa: S311
    pool = companies(seed)
    days = _days(start, until)
    weights = [_weight(day) for day in days]
    moments = sorted(_moment(dice, dice.choices(days, weights)[0], until) for _ in range(many))
    known: list[Company] = []
    people: set[str] = set()
    found = []
    for number, moment in enumerate(moments, 1):
        own = Random(f"{seed}/lead/{number}")  # noqa: S311
        again = known and own.random() < COLLEAGUE
        company = own.choice(known) if again else next(pool)
        found.append(_prospect(own, number, company, moment, start, people))
        known.append(company)
    return found


def _days(start: datetime, until: datetime) -> list[datetime]:
    first = start.replace(hour=0, minute=0, second=0, microsecond=0)
    return [first + timedelta(days=day) for day in range((until - first).days + 1)]


def _weight(day: datetime) -> float:
    return SEASON[day.month - 1] * (0.08 if day.weekday() > 4 else 1.15 if day.weekday() < 3 else 1)


def _moment(dice: Random, day: datetime, until: datetime) -> datetime:
    """Return a time of the day when people are at work somewhere, before `until`."""
    at = day + timedelta(minutes=int(dice.triangular(6 * 60, 20 * 60, 9.5 * 60)))
    return min(at, until - timedelta(minutes=dice.randint(20, 600)))


def _prospect(
    dice: Random, number: int, company: Company, at: datetime, start: datetime, people: set[str]
) -> Prospect:
    campaign, source = _origin(dice, at, start)
    fate = _fate(dice, source)
    unfit = dice.choice(("student", "competitor", "small", "small")) if fate is Fate.UNFIT else ""
    company, human = _somebody(dice, company, unfit, people)
    return Prospect(
        number=number,
        person=human,
        company=company,
        source=source,
        campaign=campaign,
        kind=dice.choice(source.kinds),
        enters_at=at,
        fate=fate,
        unfit=unfit,
        decides_on=at.date() + timedelta(days=_days_to_decide(dice, source)),
        amount=round(dice.lognormvariate(11.5, 0.55) / 5000) * 5000,
        vendor=dice.choice(COMPETITORS),
        reach=0.06 if fate is Fate.SILENT else dice.uniform(0.5, 0.85),
        machine=dice.choice(company.trade.machines),
    )


def _somebody(
    dice: Random, company: Company, unfit: str, people: set[str]
) -> tuple[Company, Person]:
    """Return a person nobody met yet, and the company as it is for one who cannot buy."""
    title = ""
    if unfit:
        company, title = outsider(dice, company, unfit)
    human = person(dice, company, title)
    while human.email in people:
        human = person(dice, company, title)
    people.add(human.email)
    return company, human


def _days_to_decide(dice: Random, source: PlantedSource) -> int:
    """Half decide within five months, the others in up to fourteen; who calls us is quicker."""
    soon = 0.8 if source.kinds[0] in (TouchKind.CONTACT_US, TouchKind.MAIL_IN) else 0.5
    return dice.randint(35, 150) if dice.random() < soon else dice.randint(150, 430)


def _fate(dice: Random, source: PlantedSource) -> Fate:
    drawn = dice.random()
    for share, fate in (
        (source.buys, Fate.BUYS),
        (source.elsewhere, Fate.ELSEWHERE),
        (source.unfit, Fate.UNFIT),
        (source.silent, Fate.SILENT),
    ):
        if drawn < share:
            return fate
        drawn -= share
    return Fate.STAYS


def _origin(
    dice: Random, at: datetime, start: datetime
) -> tuple[PlantedCampaign | None, PlantedSource]:
    """Return the campaign and the source; fairs and webinars bring leads while they run."""
    month = int((at - start).days / 30.44)
    running = [c for c in CAMPAIGNS if c.month <= month % 12 < c.month + c.months]
    weights = [_pull(source, running) for source in SOURCES]
    source = dice.choices(SOURCES, weights)[0]
    mine = [campaign for campaign in running if campaign.source == source.name]
    return (dice.choice(mine) if mine and dice.random() < 0.85 else None), source


def _pull(source: PlantedSource, running: list[PlantedCampaign]) -> float:
    if source.name not in ("Trade fairs", "Webinars"):
        return source.share
    return source.share * (2.4 if any(c.source == source.name for c in running) else 0.25)
