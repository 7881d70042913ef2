"""What the script on somebody's website reports, read as what it is: words of a stranger.

A report is JSON with short keys: v visitor, w version of the wording, s who asked for consent,
p pages (u path, t title, r referrer, m utm words, a seconds ago), d seconds on the page at hand,
l word of a link in a mail, i word of the site, x consent withdrawn.
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

MOST_VIEWS = 20
# A tab may wait in the background before its report leaves; older ones are taken as of now.
LONGEST_AGO = 3_600
UTM = ("source", "medium", "campaign", "term", "content")
# A part of a path that names a person or opens a door: an address, or a long random word.
TELLING = re.compile(r"[^/]*(?:@|%40)[^/]*|(?=[^/]*\d)[A-Za-z0-9_~.=-]{24,}|\d{9,}")


@dataclass(frozen=True)
class View:
    """One page: its path without query, and what led to it."""

    path: str
    title: str
    referrer: str
    utm: dict[str, str]
    seconds_ago: int


@dataclass(frozen=True)
class Report:
    """What one visitor's browser tells in one go."""

    visitor: UUID
    wording: int
    by_site: bool
    views: tuple[View, ...]
    seconds_on_page: int
    link: str
    told: str
    withdrawn: bool


def read_report(body: bytes) -> Report | None:
    """Return the report, cut to size and cleaned; None where it is none."""
    try:
        told = json.loads(body.decode())
        visitor = UUID(told["v"])
        views = tuple(_view(one) for one in told.get("p") or ())[-MOST_VIEWS:]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Report(
        visitor=visitor,
        wording=_number(told.get("w"), 2**31 - 1),
        by_site=told.get("s") == 2,
        views=views,
        seconds_on_page=_number(told.get("d"), LONGEST_AGO),
        link=_words(told.get("l"), 200),
        told=_words(told.get("i"), 2_000),
        withdrawn=bool(told.get("x")),
    )


def plain_path(path: str) -> str:
    """Return a path without query and fragment; what in it could name somebody is left out."""
    bare = _words(unquote(re.split(r"[?#;]", path, maxsplit=1)[0]), 2_000)
    parts = ["…" if TELLING.fullmatch(part) else part for part in bare.split("/")]
    return ("/" + "/".join(parts).lstrip("/"))[:300]


def referrer_of(address: str) -> str:
    """Return host and path of a web address, without its query; "" where it is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return f"{parts.hostname}{plain_path(parts.path)}".rstrip("/")[:200]


def origin_of(text: str) -> str | None:
    """Return a web address as browsers name an origin: scheme, host, port; None for no address."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9.-]{1,120}", host):
        return None
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")


def _view(told: dict[str, Any]) -> View:
    utm = told.get("m") or {}
    return View(
        path=plain_path(_words(told["u"], 2_000)),
        title=_words(told.get("t"), 200),
        referrer=referrer_of(_words(told.get("r"), 2_000)),
        utm={name: word for name in UTM if (word := _words(utm.get(name), 80))},
        seconds_ago=_number(told.get("a"), LONGEST_AGO),
    )


def _words(told: object, most: int) -> str:
    """Return words in one line without control characters; "" for anything else than text."""
    if not isinstance(told, str):
        return ""
    kept = "".join(
        " " if c.isspace() else c for c in told[: most * 2] if c.isprintable() or c.isspace()
    )
    return " ".join(kept.split())[:most]


def _number(told: object, most: int) -> int:
    """Return a whole number from 0 to `most`; 0 for what is none or out of range."""
    if not isinstance(told, int | float) or not 0 <= told <= most:
        return 0
    return int(told)
