"""Numbers, countries and code words in cells."""

import re
from decimal import Decimal, InvalidOperation

from leadfarm.intake.values.countries import COUNTRIES
from leadfarm.rules.codes import TouchKind, VerdictKind
from leadfarm.rules.names import company_key
from leadfarm.rules.stages import Stage

# What people write where they know nothing.
BLANKS = frozenset(
    {"", "-", "--", "n/a", "na", "null", "none", "nan", "nil", "(blank)", "#n/a", "?"}
)
_MONEY = re.compile(r"[^0-9,.'’ \-()]")
_STAGES = {
    "mql": Stage.SALES_READY, "marketing qualified lead": Stage.SALES_READY,
    "marketing qualified": Stage.SALES_READY, "sal": Stage.ACCEPTED,
    "sql": Stage.QUALIFIED, "sales qualified lead": Stage.QUALIFIED, "opportunity": Stage.QUALIFIED,
    "closed won": Stage.WON, "closed converted": Stage.QUALIFIED, "converted": Stage.QUALIFIED,
    "closed lost": Stage.LOST, "closed not converted": Stage.DISQUALIFIED, "lead": Stage.INQUIRY,
    "subscriber": Stage.RAW, "unqualified": Stage.DISQUALIFIED, "new": Stage.RAW, "open": Stage.RAW,
    "open not contacted": Stage.INQUIRY, "working contacted": Stage.INQUIRY, "evangelist":
    Stage.CUSTOMER, "closed": Stage.LOST, "deal": Stage.QUALIFIED,
}  # fmt: skip


def read_decimal(text: str) -> Decimal | None:
    """Return the number in “1.234,50 €”, “$1,234.50”, “(12)” or “1e3”; None when there is none."""
    cell = text.strip()
    try:
        plain = Decimal(cell)
        return plain if plain.is_finite() else None
    except InvalidOperation:
        pass
    digits = _MONEY.sub("", cell).strip().replace(" ", "").replace("'", "").replace("’", "")
    negative = digits.startswith("(") and digits.endswith(")")
    digits = digits.strip("()")
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma > point:
        digits = _decimal_mark(digits, ",", ".")
    elif point > comma:
        digits = _decimal_mark(digits, ".", ",")
    try:
        found = Decimal(digits)
    except InvalidOperation:
        return None
    return -found if negative else found


def _decimal_mark(digits: str, mark: str, other: str) -> str:
    """Take `mark` for the decimal one, unless it parts thousands: 1,234 or 1.234.567."""
    digits = digits.replace(other, "")
    groups = digits.lstrip("-").split(mark)
    thousands = len(groups) > 2 or (mark == "," and len(groups[-1]) == 3 and len(groups[0]) <= 3)
    return digits.replace(mark, "") if thousands else digits.replace(mark, ".")


def read_stage(text: str) -> Stage | None:
    """Return the stage people mean, by our name or those of other products; None when unknown."""
    found = Stage.read(text)
    if found is not None:
        return found
    word = " ".join(re.findall(r"[a-z]+", text.casefold()))
    return _STAGES.get(word)


def read_touch(text: str) -> TouchKind | None:
    """Return the kind of touch a cell names; None when unknown."""
    return TouchKind.read(text)


def read_verdict(text: str) -> VerdictKind | None:
    """Return the verdict a cell names; None when unknown."""
    return VerdictKind.read(text)


def read_country(text: str) -> str | None:
    """Return the two letters of a country given by code or English name; None when unknown."""
    cell = text.strip()
    if len(cell) == 2 and cell.upper() in COUNTRIES.values():
        return cell.upper()
    return COUNTRIES.get(company_key(cell))
