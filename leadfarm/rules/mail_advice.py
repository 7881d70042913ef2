"""What makes a mail look like spam, or arrive cut off: advice on a wording, not faults.

Sources: Gmail shows at most 102 kB of a message ("Message clipped"); RFC 5322 2.1.1 recommends 78
characters a line; link shorteners are on the public block lists because spammers hide behind them.
"""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

CLIPPED_AT = 102_000
LONGEST_SUBJECT = 70
MOST_LINKS = 15
SHORTENERS = frozenset({
    "bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly", "cutt.ly",
    "t.ly", "lnkd.in", "rb.gy",
})  # fmt: skip
IMAGE = re.compile(r"<img\b([^>]{0,2000})>", re.I)
WORDS_OF_TAGS = re.compile(r"<[^>]{0,4000}>")
FEW_WORDS = 30


def advice(subject: str, html: str, text: str, addresses: Iterable[str]) -> list[str]:
    """Return what had better be changed before this goes to many, a sentence each; [] for nothing.

    `html` and `text` as they are sent, `addresses` those its links lead to.
    """
    return [*_of_subject(subject), *_of_body(html, text), *_of_links(list(addresses))]


def _of_subject(subject: str) -> list[str]:
    said = []
    letters = [letter for letter in subject if letter.isalpha()]
    if len(subject) > LONGEST_SUBJECT:
        said.append(f"The subject has {len(subject)} characters: phones show about 40.")
    if len(letters) > 8 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters):
        said.append("The subject shouts: write it in small letters.")
    if subject.count("!") > 1 or "!!" in subject:
        said.append("More than one exclamation mark in the subject looks like spam.")
    if re.match(r"\s*(re|fwd?|aw|wg)\s*:", subject, re.I):
        said.append("The subject pretends to be an answer: filters and readers mind.")
    return said


def _of_body(html: str, text: str) -> list[str]:
    said = []
    size = len(html.encode())
    if size > CLIPPED_AT:
        said.append(f"It is {size // 1000} kB long: from 102 kB on Gmail cuts the rest off.")
    images = IMAGE.findall(html)
    silent = sum(not re.search(r"\balt\s*=\s*[\"'][^\"']", image, re.I) for image in images)
    if silent:
        which = "An image has" if silent == 1 else f"{silent} images have"
        said.append(f"{which} no words (alt): many see the words alone.")
    if images and len(WORDS_OF_TAGS.sub(" ", text).split()) < FEW_WORDS:
        said.append("It is almost only images: filters mistrust that, and many see none.")
    return said


def _of_links(addresses: list[str]) -> list[str]:
    said = []
    if len(addresses) > MOST_LINKS:
        said.append(f"{len(addresses)} links are many: readers follow the first two or three.")
    for address in addresses:
        host = (urlsplit(address).hostname or "").lower()
        if host.removeprefix("www.") in SHORTENERS:
            said.append(f"{host} hides where the link leads: filters block it. Link in full.")
        elif _is_inside(host):
            said.append(f"{address} leads inside your own network: nobody outside can open it.")
        elif address.startswith("http://"):
            said.append(f"{address} is not encrypted: use https:// where the site allows it.")
    return list(dict.fromkeys(said))


def _is_inside(host: str) -> bool:
    if (
        host in ("localhost", "")
        or "." not in host
        or host.endswith((".local", ".internal", ".lan"))
    ):
        return ":" not in host
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
