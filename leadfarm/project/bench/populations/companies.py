"""Tables of companies: accounts of a CRM, registers, shops of a town in two lists."""

from random import Random

from leadfarm.project.bench.populations import vocabulary as words
from leadfarm.project.bench.populations.people import _address, _digits, _domain, _numbered
from leadfarm.project.bench.populations.population import Population
from leadfarm.project.bench.populations.slips import (
    phone_written,
    shortened,
    sometimes,
    spelling,
    typo,
)
from leadfarm.rules.names import fold

_COUNTRIES = ("Germany", "United States", "France", "United Kingdom", "Italy", "Poland")
_INDUSTRIES = ("Machinery", "Food", "Chemicals", "Software", "Logistics", "Energy")


def accounts(draw: Random, many: int) -> Population:
    """Accounts as a CRM keeps them: subsidiaries are others, a rename keeps its domain."""
    found, who = Population(("Name", "Domain", "Country", "Industry")), 0
    while len(found.rows) < many:
        name = company(draw)
        domain, rest = _domain(draw, name), (draw.choice(_COUNTRIES), draw.choice(_INDUSTRIES))
        found.add(who, f"{name} {draw.choice(words.FORMS)}", sometimes(draw, 0.2, domain), *rest)
        if draw.random() < 0.15:
            found.add(who, *_second_account(draw, name, domain, rest))
        who += 1
        if draw.random() < 0.15:  # a daughter
            land = draw.choice(_COUNTRIES)
            part = (land, draw.choice(words.TRADES), "Services", "Holding", "Finance")
            daughter = f"{name} {draw.choice(part)}"
            site = sometimes(draw, 0.5, _domain(draw, daughter))
            found.add(who, f"{daughter} {draw.choice(words.FORMS)}", site, land, rest[1])
            who += 1
    return found.shuffled(draw)


def _second_account(
    draw: Random, name: str, domain: str, rest: tuple[str, str]
) -> tuple[str, str, str, str]:
    again = domain if draw.random() < 0.6 else ""
    if again and draw.random() < 0.2:
        again = domain.rsplit(".", 1)[0] + ".eu"
    title = f"{_rewritten(draw, name)} {draw.choice(('', *words.FORMS))}".strip()
    return (title, again, sometimes(draw, 0.2, rest[0]), sometimes(draw, 0.3, rest[1]))


def organisations(draw: Random, many: int) -> Population:
    """Name, address, city, postcode and phone; branches of one name in other towns are others."""
    found, who = Population(("rec", "name", "address", "city", "postcode", "phone")), 0
    place, phone = ("", "", ""), ""
    while len(found.rows) < many:
        name, chain = company(draw), draw.random() < 0.08
        for _ in range(draw.randint(2, 6) if chain else 1):
            # Now and then another in the same house, with the same front desk.
            if not who or chain or draw.random() < 0.9:
                town, code = words.often(draw, words.PLACES), str(draw.randint(10_000, 99_999))
                place, phone = (_address(draw), town, code), _digits(draw)
            title = f"{name} {draw.choice(words.FORMS)}"
            found.add(who, "", title, *place, phone_written(draw, phone))
            for _ in range(draw.choice((0, 0, 0, 0, 1, 1, 2))):
                shown = sometimes(draw, 0.3, phone_written(draw, phone))
                found.add(who, "", _rewritten(draw, name), *_moved(draw, place), shown)
            who += 1
    return _numbered(found.shuffled(draw))


def shops(draw: Random, many: int) -> Population:
    """Two guides of the same few towns, each shop once in each, as each writes it."""
    found = Population(("source", "name", "addr", "city", "phone", "type"))
    place, town, phone = "", "", ""
    for who in range(many * 2 // 3):
        new = not who or draw.random() < 0.88  # else in the house of the one before: a hotel
        place = _address(draw) if new else place
        town = draw.choice(words.PLACES[:5]) if new else town
        phone = _digits(draw) if new or draw.random() < 0.6 else phone
        name = _shop(draw)
        found.add(who, "one", name, place, town, phone_written(draw, phone), _dish(draw))
        if who % 2:
            other = typo(draw, name) if draw.random() < 0.2 else name.removeprefix("The ")
            if draw.random() < 0.2:
                other = f"{other} {draw.choice(('Restaurant', town))}"
            near = f"{place} near {draw.choice(words.STREETS)}"
            near = shortened(place) if draw.random() < 0.6 else near
            number = _digits(draw) if draw.random() < 0.05 else phone
            found.add(who, "two", other, near, town, phone_written(draw, number), _dish(draw))
    return found.shuffled(draw)


def _shop(draw: Random) -> str:
    if draw.random() < 0.3:
        return f"{draw.choice(words.WORDS)} {_dish(draw)}"
    return f"{draw.choice(('', 'The ', 'Le ', 'Chez '))}{words.family_name(draw)}'s {_dish(draw)}"


def _dish(draw: Random) -> str:
    return draw.choice(words.DISHES)


def sites(draw: Random, many: int) -> Population:
    """Places of a public list, many times over, in capitals, with phones and numbers missing."""
    found, who = Population(("Id", "Source", "Site name", "Address", "Zip", "Phone", "Fax")), 0
    place, code, phone = "", "", ""
    while len(found.rows) < many:
        first = draw.choice(
            (words.rare(draw), draw.choice(words.WORDS), draw.choice(words.STREETS))
        )
        base = f"{first} {draw.choice(words.NURSERIES)}"
        if not who or draw.random() < 0.85:  # else: another at the same address
            place, code, phone = _address(draw), str(60_600 + draw.randint(0, 60)), _digits(draw)
        for _ in range(min(1 + int(draw.expovariate(0.5)), 9)):
            name = base if draw.random() < 0.5 else _rewritten(draw, base)
            name = name.upper() if draw.random() < 0.4 else name
            near = shortened(place) if draw.random() < 0.5 else place
            near = typo(draw, near) if draw.random() < 0.15 else near
            told = (sometimes(draw, 0.35, code), sometimes(draw, 0.35, phone), "")
            found.add(who, "", f"list_{draw.randint(1, 5)}", name, near, *told)
        who += 1
    return _numbered(found.shuffled(draw))


def names_only(draw: Random, many: int) -> Population:
    """Nothing but a name and a country: legal forms, short forms, slips."""
    found = Population(("key", "organisation", "country"))
    for who in range(many * 5 // 6):
        name, country = company(draw), draw.choice(_COUNTRIES)
        found.add(who, "", f"{name} {draw.choice(words.FORMS)}", country)
        if draw.random() < 0.2:
            title = f"{_rewritten(draw, name)} {draw.choice(('', *words.FORMS))}".strip()
            found.add(who, "", title, sometimes(draw, 0.2, country))
    return _numbered(found.shuffled(draw))


def company(draw: Random) -> str:
    """Return a company's name without its legal form."""
    kind = draw.randrange(5)
    if kind == 0:
        return f"{words.family_name(draw)} {draw.choice(words.TRADES)}"
    if kind == 1:
        return f"{draw.choice(words.WORDS)} {words.rare(draw)} {draw.choice(words.TRADES)}"
    if kind == 2:
        return f"{words.family_name(draw)} and {words.family_name(draw)}"
    if kind == 3:
        wide = ("International", "Group", "Technologies", "Manufacturing")
        return f"{words.rare(draw)} {draw.choice(wide)}"
    ending = draw.choice(("", "tec", "flex", "pharma", "soft"))
    return f"{words.rare(draw)}{ending} {draw.choice(words.TRADES)}"


def _rewritten(draw: Random, name: str) -> str:
    kind = draw.randrange(6)
    if kind == 0:
        return typo(draw, name)
    if kind == 1:
        return shortened(name)
    if kind == 2:
        return fold(spelling(draw, name)).title()
    if kind == 3:
        return name.upper()
    if kind == 4 and len(name.split()) > 2:
        return " ".join(name.split()[:-1])
    return name


def _moved(draw: Random, place: tuple[str, ...]) -> tuple[str, ...]:
    street, town, code = place
    street = shortened(street) if draw.random() < 0.5 else typo(draw, street)
    return (
        sometimes(draw, 0.1, street),
        spelling(draw, town) if draw.random() < 0.1 else town,
        sometimes(draw, 0.2, code),
    )
