"""Which column means what: by its name first, by its values where the name does not tell."""

import re
from collections.abc import Iterable, Mapping, Sequence

from leadfarm.rules.duplicates.kinds import Kind
from leadfarm.rules.duplicates.nicknames import is_given_name
from leadfarm.rules.duplicates.street_words import looks_like_a_street
from leadfarm.rules.names import fold, has_legal_form

# The first pattern that fits the words of the name wins; so the narrower stand first.
_NAMES: Sequence[tuple[Kind, str]] = (
    (Kind.NOTHING, r"\b(created|updated|modified|imported|timestamp|owner|notes?|comments?)\b"),
    (Kind.NOTHING, r"\b(source|dataset|cluster|entity|label|is match|split|gender|sex|age)\b"),
    (Kind.KEY, r"^(unique|rec|record|row|contact|account|lead|person|customer|internal)? ?id$"),
    (Kind.EMAIL, r"\be ?mails?\b|\bmail\b|\bemailaddress\b"),
    (Kind.BIRTH_YEAR, r"\b(birth|geburts?) ?(year|jahr)\b|\byear of birth\b|^by$|^yob$"),
    (Kind.BIRTH_MONTH, r"\b(birth|geburts?) ?(month|monat)\b|\bmonth of birth\b|^bm$|^mob$"),
    (Kind.BIRTH_DAY, r"\b(birth|geburts?) ?day (of month)?$|\bday of birth\b|^bd$"),
    (Kind.CITY, r"\bbirth ?place\b|\bplace of birth\b"),
    (Kind.BIRTH, r"\bdob\b|birth|\bgeb(urt)?|\bnaissance\b|\bnacimiento\b"),
    (Kind.PHONE, r"\b(tele)?phones?\b|\btel\b|\btelefon|\bmobile?\b|\bcell|\bhandy\b|\bfax\b"),
    (Kind.WEB, r"\bweb ?(site|page)?\b|\burl\b|\bdomain\b|\bhome ?page\b|\bwww\b"),
    (Kind.NUMBER, r"\bssn\b|\bsoc(ial)? sec|\bnational (id|insurance)|\bnino\b|\bpassport\b"),
    (Kind.NUMBER, r"\b(tax|vat|duns|d u n s|siren|siret|ust ?id|ein|lei|isin|nhs|licen[cs]e)\b"),
    (Kind.NUMBER, r"\b(registration|company|register|crn) ?(number|no|nr|num|id)\b"),
    (Kind.NUMBER, r"\b(identifier|external ?id|customer ?(no|number))\b"),
    (Kind.COMPANY, r"\b(company|organi[sz]ation|firma?|employer|account|business|org|venue)\b"),
    (Kind.COMPANY, r"\b(restaurant|supplier|vendor|manufacturer|institution|legal name)\b"),
    (Kind.GIVEN, r"\b(first|given|fore|christian) ?names?\b|\bforename|\bvorname|\bpr[eé]nom\b"),
    (Kind.GIVEN, r"\bfname\b|\bgname\b|^first$|^given$|^nombre$"),
    (Kind.FAMILY, r"\b(last|family|sur|second) ?names?\b|\bsurname|\bnachname|\bfamilienname"),
    (Kind.FAMILY, r"\blname\b|\bsname\b|^last$|^family$|^nom$|^apellidos?$"),
    (Kind.HOUSE, r"\b(street|house|building|haus) ?(number|no|nr|num|nummer)\b|^number$"),
    (Kind.POSTCODE, r"\bpost ?(al)? ?code\b|\bpostcode|\bzip|\bplz\b|\bpostleitzahl\b"),
    (Kind.CITY, r"\b(city|town|suburb|locality|ort|stadt|ville|place|municipality|ciudad)\b"),
    (Kind.REGION, r"\b(state|province|region|county|bundesland|kanton|canton)\b"),
    (Kind.COUNTRY, r"\b(country|land|nation|pays)\b"),
    (Kind.STREET, r"\baddr(ess)?\b|\bstreet\b|\bstra(ss|ß)e|\broad\b|\brue\b|\bavenue\b"),
    (Kind.PERSON, r"\b(full|complete|whole|display|contact|customer|person|patient) ?name\b"),
)
_DATE = re.compile(r"\d{4}[-/.]?\d{2}[-/.]?\d{2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_PHONE = re.compile(r"\+?[\d\s()/.-]{7,20}")
_WEB = re.compile(r"(https?://)?(www\.)?[\w-]+(\.[\w-]+)*\.[a-z]{2,10}(/\S*)?", re.IGNORECASE)
ENOUGH = 0.7
NEARLY_ALL = 0.6


def recognise(columns: Mapping[str, Sequence[str]]) -> dict[str, Kind]:
    """Return the kind of each column, given its values (a few thousand suffice; may be empty)."""
    kinds = {name: _by_name(name) or _by_values(name, values) for name, values in columns.items()}
    split = {Kind.GIVEN, Kind.FAMILY} & set(kinds.values())
    for name, kind in kinds.items():
        if kind is Kind.PERSON and split:
            # Said twice, it would count twice.
            kinds[name] = Kind.NOTHING
    return kinds if _NAMING & set(kinds.values()) else _with_a_name(kinds, columns)


_NAMING = frozenset({Kind.GIVEN, Kind.FAMILY, Kind.PERSON, Kind.COMPANY})


def _with_a_name(kinds: dict[str, Kind], columns: Mapping[str, Sequence[str]]) -> dict[str, Kind]:
    """Where nothing is called a name, the words that tell most apart are taken for it."""
    for name in [name for name, kind in kinds.items() if kind is Kind.TEXT]:
        filled = [value.strip() for value in columns[name] if value.strip()]
        if len(set(filled)) >= NEARLY_ALL * len(filled):
            return {**kinds, name: Kind.COMPANY}
    return kinds


def words_of(name: str) -> str:
    """Return a column's name in plain words: `FirstName` and `first_name` as `first name`."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    plain = re.sub(r"[^a-zäöüßéè0-9]+", " ", parted.lower()).strip()
    return re.sub(r" (c|v)?\d+$", "", plain)


def _by_name(name: str) -> Kind | None:
    plain = words_of(name)
    return next((kind for kind, pattern in _NAMES if re.search(pattern, plain)), None)


def _by_values(name: str, values: Sequence[str]) -> Kind:
    filled = [value.strip() for value in values if value.strip()]
    if not filled:
        return Kind.NOTHING
    if _share("@" in value for value in filled) >= ENOUGH:
        return Kind.EMAIL
    if _share(map(_DATE.fullmatch, filled)) >= ENOUGH:
        return Kind.NOTHING  # a date of birth says so; others are about the record
    if _share(map(_WEB.fullmatch, filled)) >= ENOUGH:
        return Kind.WEB
    if _looks_like_phones(filled):
        return Kind.PHONE
    if "name" in words_of(name).split():
        return _whose_name(filled)
    return _unnamed(filled)


def _looks_like_phones(filled: Sequence[str]) -> bool:
    signs = _share(not value.isdigit() for value in filled)
    return signs >= 0.5 and _share(map(_PHONE.fullmatch, filled)) >= ENOUGH


def _whose_name(filled: Sequence[str]) -> Kind:
    people = _share(any(map(is_given_name, fold(value).split())) for value in filled)
    companies = _share(map(has_legal_form, filled))
    return Kind.PERSON if people >= 0.3 and people > companies else Kind.COMPANY


def _unnamed(filled: Sequence[str]) -> Kind:
    distinct = len(set(filled)) / len(filled)
    one_word = _share(" " not in value for value in filled) >= ENOUGH
    if distinct == 1.0 and len(filled) > 1 and one_word:
        return Kind.KEY
    digits = _share(any(sign.isdigit() for sign in value) for value in filled)
    if digits >= ENOUGH and one_word and distinct >= 0.5 and _long_enough(filled):
        return Kind.NUMBER
    return _of_words(filled)


def _long_enough(filled: Sequence[str]) -> bool:
    return _share(len(value) >= 5 for value in filled) >= 0.9


def _of_words(filled: Sequence[str]) -> Kind:
    """What words are about: streets have numbers and their own words, companies legal forms."""
    if _share(looks_like_a_street(fold(value)) for value in filled) >= 0.5:
        return Kind.STREET
    companies = _share(map(has_legal_form, filled))
    if companies >= 0.15:
        return Kind.COMPANY
    people = _share(map(_may_be_a_person, filled))
    return Kind.PERSON if people >= 0.1 and companies < 0.02 and _named(filled) else Kind.TEXT


def _may_be_a_person(value: str) -> bool:
    words = fold(value).replace(",", " ").replace(".", " ").split()
    return len(words) <= 4 and any(map(is_given_name, words))


def _named(filled: Sequence[str]) -> bool:
    """Whether nearly all are two to five words without figures."""
    return (
        _share(
            1 <= value.strip().count(" ") <= 4 and not any(sign.isdigit() for sign in value)
            for value in filled
        )
        >= 0.8
    )


def _share(found: Iterable[object]) -> float:
    seen = [bool(each) for each in found]
    return sum(seen) / len(seen) if seen else 0.0
