"""The cheap question before the verdict: rows of files are many, and most are plainly people."""

import re
from functools import lru_cache

from disposable_email_domains import blocklist

from leadfarm.rules.junk import words
from leadfarm.rules.junk.gibberish import is_strange, looks_typed_blindly
from leadfarm.rules.names import domain_of, fold, has_public_ending

_OF_NOBODY = frozenset(part for name in words.NOT_THEMSELVES for part in name.split())
_SAYABLE = re.compile("[aeiouyrl]")


def may_be_junk(email: str, given_name: str, family_name: str, company: str) -> bool:
    """Whether a verdict is worth its time: false means that none of these can make it junk.

    Hosts, names and companies come again and again in a file; each is looked at once.
    """
    host = email.rpartition("@")[2]
    return bool(
        (host and _odd_host(host.lower()))
        or _odd_name(given_name)
        or _odd_name(family_name)
        or _odd_company(company)
    )


@lru_cache(maxsize=50_000)
def _odd_host(host: str) -> bool:
    domain = domain_of(host)
    return (
        domain is None
        or host in blocklist
        or domain in blocklist
        or domain in words.EXAMPLE_HOSTS
        or not (has_public_ending(host) or host.endswith("example"))
        or looks_typed_blindly(host.split(".")[0])
    )


@lru_cache(maxsize=50_000)
def _odd_name(name: str) -> bool:
    if not name:
        return False
    plain = fold(name)
    parts = plain.split()
    return (
        plain in words.TRIED_OUT
        or any(part in _OF_NOBODY or part in words.TRIED_OUT for part in parts)
        or bool(words.MARKUP.search(name) or words.LINK.search(name))
        or sum(sign.isdigit() for sign in plain) >= 4
        or any(looks_typed_blindly(word) or is_strange(word) for word in name.split())
        or (plain.isascii() and len(plain) >= 3 and not _SAYABLE.search(plain))
    )


@lru_cache(maxsize=50_000)
def _odd_company(name: str) -> bool:
    """Whether the name says anything against itself; GmbH and s.r.o. need no vowels."""
    return bool(
        words.MARKUP.search(name) or fold(name) in words.TRIED_OUT or looks_typed_blindly(name)
    )
