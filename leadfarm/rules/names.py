"""Names, addresses and numbers in the one form in which they are compared, stored and searched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from email.utils import parseaddr
from functools import lru_cache

import phonenumbers
import tldextract
from email_validator import EmailNotValidError, validate_email
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

LONGEST_WORD = 40
MOST_WORDS = 40
SHORTEST_PHONE = 6
SHORTEST_PREFIX = 5

# Most addresses are plain; the validator, 50 times slower, is asked about the others only.
_PLAIN_MAIL = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
)
# International and of a usual length: the parser would take 80 microseconds to say the same.
_PLAIN_PHONE = re.compile(r"\+[1-9][0-9]{9,12}")
_SEPARATORS = str.maketrans("", "", " -./")
_RESERVED_ENDS = (".invalid", ".local", ".localhost", ".test", ".onion", ".arpa")
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?(?P<host>[^/:?#\s]+)", re.IGNORECASE)
_NUMBER_LIKE = re.compile(r"\s*\+?[\d\s()./-]+")
_DIGITS = re.compile(r"[0-9]")
_WORD = re.compile(r"[^\W_]+")
# Letters that do not come apart into a base and a mark.
_UNMARKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
_TITLES = "dr prof mr mrs ms herr frau dipl ing mag phd mba msc bsc sir madam"
_LEGAL_FORMS = """
gmbh ag kg ohg gbr ug se ev eg mbh co cie inc incorporated corp corporation company llc llp lp
ltd limited plc sa sas sarl srl spa snc bv nv ab oy oyj as asa aps kft zrt sro doo spzoo sp zoo
pty kk pte sdn bhd sl slu lda ltda eirl cv and und et the
"""
_FREE_MAIL = """
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.de yahoo.fr
yahoo.co.uk ymail.com aol.com icloud.com me.com mac.com proton.me protonmail.com gmx.de gmx.net
gmx.at gmx.ch gmx.com web.de t-online.de freenet.de mail.com mail.ru yandex.ru yandex.com qq.com
163.com 126.com zoho.com fastmail.com tutanota.com posteo.de mailbox.org orange.fr wanadoo.fr
free.fr laposte.net libero.it virgilio.it bluewin.ch hotmail.co.uk hotmail.fr hotmail.de
btinternet.com comcast.net verizon.net att.net uol.com.br bol.com.br terra.com.br
"""
_titles, _legal_forms = frozenset(_TITLES.split()), frozenset(_LEGAL_FORMS.split())
_free_mail = frozenset(_FREE_MAIL.split())
# suffix_list_urls=() and no cache: the list that came with the library, no network, no files.
_domains = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def fold(text: str) -> str:
    """Lower case, without accents, white space single: for comparing and searching."""
    if text.isascii():  # most texts: the long way would take ten times as long
        return " ".join(text.lower().split())
    split = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return " ".join(bare.translate(_UNMARKED).casefold().split())


def normal_email(text: str) -> str | None:
    """The address in lower case, out of `Name <a@b>` if need be; None when it is none.

    Dots and +tags stay: they may be different people, and the mail is sent to what they gave.
    """
    address = text.strip()
    if "<" in address:
        address = parseaddr(address)[1]
    address = address.removeprefix("mailto:").lower()
    if _PLAIN_MAIL.fullmatch(address) and len(address) <= 254:
        return None if address.endswith(_RESERVED_ENDS) or address.find("@") > 64 else address
    try:
        checked = validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return None
    return checked.normalized.lower()


def normal_phone(text: str, region: str) -> str | None:
    """The number as E.164 (`+4930901820`); None when it is none.

    `region`, like `DE`, reads numbers without a country; empty: those are none.
    """
    plain = text.translate(_SEPARATORS)
    if _PLAIN_PHONE.fullmatch(plain):
        return plain
    try:
        number = phonenumbers.parse(text, region.upper() or None)
    except phonenumbers.NumberParseException:
        return None
    # Possible, not valid: numbers reserved for fiction, and new ranges, must pass.
    if not phonenumbers.is_possible_number(number):
        return None
    if len(str(number.national_number)) < SHORTEST_PHONE:
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def is_no_number(text: str) -> bool:
    """Whether what stands for a phone number has too few digits to be one in any country."""
    return len(text.strip()) > 0 and sum(map(str.isdigit, text)) < SHORTEST_PHONE - 3


def domain_of(text: str) -> str | None:
    """The registrable domain of an address, a URL or a host; None when there is none."""
    match = _HOST.match(text.strip().lower())
    if match is None:
        return None
    return _registrable(match["host"].rsplit("@", 1)[-1].strip("."))


@lru_cache(maxsize=50_000)
def has_public_ending(host: str) -> bool:
    """Whether the host ends as domains of the Internet do."""
    return bool(_domains(host.strip(".").lower()).suffix)


def company_domain(email: str) -> str | None:
    """The domain by which an address tells its company; None for free mail."""
    domain = domain_of(email)
    return None if domain is None or domain in _free_mail else domain


def is_free_mail(email: str) -> bool:
    """Whether the address belongs to a free mail service and so tells no company."""
    return domain_of(email) in _free_mail


@lru_cache(maxsize=50_000)
def company_key(name: str) -> str:
    """The company's name for comparing: folded, without legal forms; empty when it is empty."""
    # Dots inside an abbreviation join it (S.A. is sa), other signs part words.
    words = _WORD.findall(re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$|,)", "", fold(name)))
    telling = [word for word in words if word not in _legal_forms]
    return " ".join(telling or words)


def has_legal_form(name: str) -> bool:
    """Whether a word of the name is a legal form, so that it names a company."""
    return not _legal_forms.isdisjoint(_WORD.findall(fold(name))) and " " in name.strip()


@lru_cache(maxsize=20_000)
def person_key(name: str) -> str:
    """A person's name for comparing: folded, without titles, `Lind, Vera` as `vera lind`."""
    last, comma, first = fold(name).partition(",")
    words = _WORD.findall(f"{first} {last}" if comma and first.strip() else last)
    telling = [word for word in words if word not in _titles]
    return " ".join(telling or words)


def search_words(texts: Iterable[str]) -> list[str]:
    """The words a lead is found by: folded, each once, sorted, none longer than LONGEST_WORD.

    Addresses give their parts. One letter alone is no word.
    """
    return sorted(frozenset().union(*map(_words_of, texts)))[:MOST_WORDS]


def phone_words(number: str | None) -> tuple[str, ...]:
    """The digits by which an E.164 number is found: with the country's code, and without."""
    if not number:
        return ()
    digits = number.removeprefix("+")
    codes = (digits[:length] for length in (1, 2, 3))
    country = next((code for code in codes if int(code) in COUNTRY_CODE_TO_REGION_CODE), "")
    return (digits, digits.removeprefix(country))


def phone_prefix(text: str) -> str:
    """The digits of what looks like (the beginning of) a number, without what is dialled before.

    Empty where it is none: five digits at least, and nothing but digits and what parts them.
    """
    digits = "".join(_DIGITS.findall(text)).lstrip("0")
    return digits if _NUMBER_LIKE.fullmatch(text) and len(digits) >= SHORTEST_PREFIX else ""


def query_words(text: str) -> list[str]:
    """What someone typed into the search box, as prefixes of search words, in the order typed."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


@lru_cache(maxsize=20_000)
def _words_of(text: str) -> frozenset[str]:
    """Names and companies come again and again in a file; each is taken apart once."""
    return frozenset(word[:LONGEST_WORD] for word in _WORD.findall(fold(text)) if len(word) > 1)


@lru_cache(maxsize=50_000)
def _registrable(host: str) -> str | None:
    found = _domains(host).top_domain_under_public_suffix
    if found:
        return found
    labels = host.split(".")
    # Endings no list knows, like the reserved .example, count as one label.
    if len(labels) < 2 or not all(labels) or labels[-1].isdigit():
        return None
    return None if _domains(host).suffix else ".".join(labels[-2:])


def own_id(workspace: str, lead: int) -> str:
    """Return the id under which a lead without one of its own goes out: norrvik/42."""
    return f"{workspace}/{lead}"


def own_number(workspace: str, external_id: str) -> int | None:
    """Return the lead that an id of ours names, None for ids of other workspaces and products."""
    place, is_ours, number = external_id.rpartition("/")
    ours = is_ours and place == workspace and number.isascii() and number.isdecimal()
    return int(number) if ours and len(number) < 19 else None
