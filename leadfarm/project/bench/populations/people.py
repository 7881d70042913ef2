"""Registers of people: at companies, in a town, with dates of birth, with few names."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from leadfarm.project.bench.populations import vocabulary as words
from leadfarm.project.bench.populations.population import Population
from leadfarm.project.bench.populations.slips import (
    other_form,
    phone_written,
    sometimes,
    spelling,
    typo,
)
from leadfarm.rules.names import fold

CONTACTS = ("First name", "Last name", "Email", "Phone", "Company", "Country", "Job title")
_COUNTRIES = ("DE", "US", "FR", "GB", "IT", "PL")


def contacts(draw: Random, many: int) -> Population:
    """Business contacts: colleagues, couples at one company, info@ and one switchboard."""
    return _contacts(draw, many, words.GIVEN, lambda: words.family_name(draw))


def contacts_of_few_names(draw: Random, many: int) -> Population:
    """The same where twelve first and fifteen last names must do for everybody."""
    return _contacts(draw, many, words.GIVEN[:12], lambda: draw.choice(words.FAMILY[:15]))


def _contacts(
    draw: Random, many: int, given_names: tuple[str, ...], family: Callable[[], str]
) -> Population:
    found, who = Population(CONTACTS), 0
    while len(found.rows) < many:
        house = family() if draw.random() < 0.5 else words.rare(draw)
        name = f"{house} {words.often(draw, words.TRADES)}"
        firm = _Firm(name, _domain(draw, name), _digits(draw), family(), draw.random() < 0.3)
        country, there = draw.choice(_COUNTRIES), set[tuple[str, str]]()
        for _ in range(min(1 + int(draw.expovariate(0.25)), 40)):
            given = words.often(draw, given_names)
            last = firm.owner if draw.random() < 0.15 else family()
            if (given, last) in there:
                continue
            there.add((given, last))
            mail, phone = firm.reached(draw, given, last)
            shown = (sometimes(draw, 0.15, mail), sometimes(draw, 0.25, phone_written(draw, phone)))
            form = draw.choice(words.FORMS)
            rest = (f"{name} {form}", country, words.often(draw, words.TITLES))
            found.add(who, given, last, *shown, *rest)
            if draw.random() < 0.12:
                found.add(who, *_again(draw, (given, last, mail, phone), rest))
            who += 1
    return found.shuffled(draw)


@dataclass(frozen=True)
class _Firm:
    name: str
    domain: str
    board: str
    owner: str
    shares: bool  # an address for everybody

    def reached(self, draw: Random, given: str, last: str) -> tuple[str, str]:
        """Return the address and the number of somebody there."""
        mail = f"{fold(given)}.{fold(last)}@{self.domain}".replace(" ", "").replace("'", "")
        mail = f"info@{self.domain}" if self.shares and draw.random() < 0.3 else mail
        return mail, self.board if draw.random() < 0.5 else _digits(draw)


def _again(draw: Random, person: tuple[str, ...], rest: tuple[str, ...]) -> tuple[str, ...]:
    """Return the same contact from another source; something of it always tells."""
    given, last, mail, phone = person
    name, country, title = rest
    kind = draw.randrange(6)
    if kind == 0:
        given = other_form(draw, given)
    elif kind == 1:
        last = spelling(draw, last)
    elif kind == 2:
        given, last = last, given
    elif kind == 3:
        given, name = spelling(draw, given), name.rsplit(" ", 1)[0]
    elif kind == 4 and not mail.startswith("info@"):
        married = words.family_name(draw)
        return (given, married, mail, phone_written(draw, phone), name, country, title)
    mail = "" if draw.random() < 0.5 else mail
    mail = typo(draw, mail) if mail and draw.random() < 0.2 else mail
    title = words.often(draw, words.TITLES) if draw.random() < 0.3 else title
    shown = sometimes(draw, 0.3, phone_written(draw, phone))
    return (given, last, mail, shown, name, country, title)


def voters(draw: Random, many: int) -> Population:
    """A register without dates: families at one address, names common in a town."""
    found, who = Population(("id", "givenname", "surname", "address", "suburb", "postcode")), 0
    while len(found.rows) < many:
        last, town = words.family_name(draw), words.often(draw, words.PLACES)
        home = (_address(draw), town, str(draw.randint(10_000, 10_400)))
        for given in draw.sample(words.GIVEN, min(1 + int(draw.expovariate(0.8)), 5)):
            found.add(who, "", given, last, *home)
            for _ in range(draw.choice((0, 0, 0, 1, 2))):
                found.add(who, "", *_miswritten(draw, [given, last, *home]))
            who += 1
    return _numbered(found.shuffled(draw))


def _miswritten(draw: Random, cells: list[str]) -> list[str]:
    for at in draw.sample(range(5), draw.choice((1, 1, 2))):
        if at == 0 and draw.random() < 0.3:
            cells[at] = other_form(draw, cells[at])
        elif at < 2:
            cells[at] = spelling(draw, cells[at])
        else:
            cells[at] = "" if at > 2 and draw.random() < 0.3 else typo(draw, cells[at])
    return cells


def born(draw: Random, many: int) -> Population:
    """First and last name, and date of birth in three columns; fathers and sons share a name."""
    found = Population(("fname_c1", "fname_c2", "lname_c1", "by", "bm", "bd"))
    for who in range(many * 10 // 11):
        given, last = words.often(draw, words.GIVEN), words.family_name(draw)
        second = words.often(draw, words.GIVEN) if draw.random() < 0.1 else ""
        date = [str(draw.randint(1930, 2005)), str(draw.randint(1, 12)), str(draw.randint(1, 28))]
        found.add(who, given, second, last, *date)
        if draw.random() < 0.1:
            cells = [given, second, last, *date]
            at = draw.choice((0, 2, 2, 3, 4, 5))
            year = 1900 * (at == 3)
            cells[at] = spelling(draw, cells[at]) if at < 3 else str(int(cells[at]) % 28 + 1 + year)
            found.add(who, *cells)
    return found.shuffled(draw)


def lives(draw: Random, many: int) -> Population:
    """Historical people, each in up to eight records with much missing and much misspelt."""
    titles = ("unique_id", "full_name", "dob", "birth_place", "postcode_fake", "occupation")
    found, who = Population(titles), 0
    while len(found.rows) < many:
        middle = words.often(draw, words.GIVEN) if draw.random() < 0.3 else ""
        names = (words.often(draw, words.GIVEN), middle, words.family_name(draw))
        date = f"{draw.randint(1800, 1950)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        place, code = words.often(draw, words.PLACES), _postcode(draw)
        trade = draw.choice(("politician", "painter", "writer", "engineer", "actor"))
        for _ in range(min(1 + int(draw.expovariate(0.35)), 8)):
            born = typo(draw, date) if draw.random() < 0.1 else date
            near = typo(draw, code) if draw.random() < 0.2 else code
            facts = zip((born, place, near, trade), (0.15, 0.15, 0.2, 0.3), strict=True)
            shown = [sometimes(draw, share, fact) for fact, share in facts]
            found.add(who, "", _told(draw, *names), *shown)
        who += 1
    return _numbered(found.shuffled(draw))


def _told(draw: Random, given: str, middle: str, last: str) -> str:
    given = other_form(draw, given) if draw.random() < 0.08 else given
    given, last = (spelling(draw, one) if draw.random() < 0.1 else one for one in (given, last))
    return " ".join(filter(None, (given, middle if draw.random() < 0.6 else "", last)))


def _numbered(found: Population) -> Population:
    rows = [(str(1_000 + at), *cells[1:]) for at, cells in enumerate(found.rows)]
    return Population(found.titles, rows, found.who)


def _digits(draw: Random) -> str:
    return f"{draw.randint(201, 989)}{draw.randint(200, 999)}{draw.randint(0, 9999):04}"


def _address(draw: Random) -> str:
    return f"{draw.randint(1, 300)} {draw.choice(words.STREETS)} {draw.choice(words.WAYS)}"


def _postcode(draw: Random) -> str:
    two = ["".join(draw.choices("ABDEGHJLNPQRSTUWXYZ", k=2)) for _ in range(2)]
    return f"{two[0]}{draw.randint(1, 20)} {draw.randint(1, 9)}{two[1]}"


def _domain(draw: Random, name: str) -> str:
    plain = fold(name).replace("'", "").replace(" ", draw.choice(("-", "")))
    return plain + draw.choice((".com", ".example", ".net"))
