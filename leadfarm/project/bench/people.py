"""People for benches: the same number always gives the same person."""

from collections.abc import Iterable, Iterator, Sequence

GIVEN = (
    *("Vera", "Otto", "Ines", "Jon", "Mira", "Karl", "Lena", "Aart", "Nora", "Piet", "Sofie"),
    *("Timo", "Ulla", "Viktor", "Wim", "Yara"),
)
FAMILY = (
    *("Lind", "Brandt", "Okafor", "Jansen", "Moreau", "Novak", "Peeters", "Quist", "Rossi"),
    *("Sato", "Tamm", "Urban", "Vogel", "Weiss", "Zorn", "Adler", "Berg", "Castro", "Duarte"),
    *("Ekman",),
)
TRADES = ("Pump", "Valve", "Drive", "Sensor", "Frame", "Tool", "Press", "Gear", "Fluid", "Motor")
PLACES = ("Nord", "Sud", "Ost", "West", "Rhein", "Alpen", "Hanse", "Baltic", "Ruhr", "Main")
TITLES = ("Head of Production", "Plant manager", "Buyer", "Maintenance lead", "Head of IT")
NEEDS = ("Drives", "Sensors for line 3", "Spare parts in 24 hours", "")
SOURCES = ("Fair", "Web", "Search", "Partner")
COLUMNS = (
    *("Email", "First name", "Last name", "Company", "Job title", "Phone", "Country"),
    *("Need", "Source", "Created date"),
)
A_COMPANY = 4  # people


def person(number: int) -> tuple[str, ...]:
    """Return the cells of one person, in the order of COLUMNS."""
    company = number // A_COMPANY
    trade, place = TRADES[company % 10], PLACES[company // 10 % 10]
    name = f"{place}{trade.lower()} {company}"
    domain = f"{place}{trade}-{company}.example".lower()
    given, family = GIVEN[number * 7 % 16], FAMILY[number * 11 % 20]
    return (
        f"{given}.{family}.{number}@{domain}".lower(),
        *(given, family, f"{name} GmbH", TITLES[number % 5]),
        f"+49 30 {23_125_000 + company:08d}",
        *("DE", NEEDS[number % 4], SOURCES[number % 4]),
        f"2025-{1 + number % 12:02d}-{1 + number % 28:02d}",
    )


def table(numbers: Iterable[int], known: Sequence[str] = ()) -> Iterator[bytes]:
    """Yield a CSV file with these people, in blocks; -1 is the first of the `known` addresses."""
    yield (",".join(COLUMNS) + "\n").encode()
    block: list[str] = []
    for number in numbers:
        cells = person(abs(number))
        if number < 0 and known:
            cells = (known[(-1 - number) % len(known)], *cells[1:])
        block.append(",".join(cells) + "\n")
        if len(block) == 5_000:
            yield "".join(block).encode()
            block.clear()
    yield "".join(block).encode()
