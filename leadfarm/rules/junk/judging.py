"""The verdict on what came in: signals that weigh, each a sentence; junk from a weight of one."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from disposable_email_domains import blocklist

from leadfarm.rules.junk import words
from leadfarm.rules.junk.gibberish import looks_typed_blindly, strangeness_together
from leadfarm.rules.names import domain_of, fold, has_public_ending

JUNK = 1.0
STRANGE, STRANGE_FOR_SURE = 5.5, 5.8  # bits a pair of letters, names of any language below
_UP = "0123456789" * 2
_TOLD_ALLOWED = ("example",)  # reserved for examples: never reaches anybody, never misleads


@dataclass(frozen=True)
class Offered:
    """What somebody sent of themselves, as they wrote it; empty where they did not."""

    email: str = ""
    given_name: str = ""
    family_name: str = ""
    company: str = ""
    phone: str = ""
    text: str = ""

    @property
    def name(self) -> str:
        """Return the whole name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class Signal:
    """One thing that speaks for junk, and how much: at 1 it suffices alone."""

    says: str
    weight: float


@dataclass(frozen=True)
class Verdict:
    """What was found; junk where it weighs enough together."""

    signals: tuple[Signal, ...] = field(default_factory=tuple)

    @property
    def is_junk(self) -> bool:
        """Whether it goes to the quarantine."""
        return sum(signal.weight for signal in self.signals) >= JUNK

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the sentences, the weightiest first; empty where it is no junk."""
        told = sorted(self.signals, key=lambda signal: -signal.weight)
        return tuple(signal.says for signal in told) if self.is_junk else ()


def judge(offered: Offered, *, let_in: Collection[str] = (), own: Collection[str] = ()) -> Verdict:
    """Return the verdict. Mail hosts in `let_in` are never held against; `own` is the company's.

    Names of any language and script are no signal, nor is a foreign script, nor a blank field.
    """
    return Verdict(
        (
            *_of_address(offered.email, let_in, own),
            *_of_name(offered),
            *_of_all_words(offered),
            *_of_company(offered.company),
            *_of_text(offered.text),
            *_of_phone(offered.phone),
        )
    )


def _of_address(email: str, let_in: Collection[str], own: Collection[str]) -> Iterator[Signal]:
    local, _, host = email.strip().lower().partition("@")
    if not host:
        return
    domain = domain_of(host)
    if {host, domain} & set(let_in):
        return
    if domain in own:
        yield Signal("The address is of your own company.", JUNK)
    if host in blocklist or domain in blocklist:
        yield Signal(f"{domain} gives out throw-away addresses.", JUNK)
    elif domain is None or not (has_public_ending(host) or host.endswith(_TOLD_ALLOWED)):
        yield Signal(f"No mail can reach {host}: there is no such domain.", JUNK)
    elif domain in words.EXAMPLE_HOSTS:
        yield Signal(f"{domain} stands in for an address where people try things out.", 0.6)
    elif looks_typed_blindly(host.split(".")[0]):
        yield Signal("The domain looks typed blindly.", 0.4)
    plain = re.sub(r"[^a-z]", "", fold(local))
    if plain in words.TRIED_OUT and plain not in ("na", "name", "company", "firma"):
        yield Signal("What stands before the @ is what people type to try a form out.", 0.5)
    elif any(map(looks_typed_blindly, re.split(r"[._+-]", local))):
        yield Signal("What stands before the @ looks typed blindly.", 0.4)


def _of_name(offered: Offered) -> Iterator[Signal]:
    name = fold(offered.name)
    parts = [fold(part) for part in (offered.given_name, offered.family_name) if part.strip()]
    if words.MARKUP.search(offered.name) or words.LINK.search(offered.name):
        yield Signal("A link stands where the name should be.", JUNK)
        return
    if name in words.NOT_THEMSELVES:
        yield Signal("The name is not of somebody who fills in forms.", 0.8 if "doe" in name else 1)
    elif name in words.TRIED_OUT or (parts and all(part in words.TRIED_OUT for part in parts)):
        yield Signal("The name is what people type to try a form out.", JUNK)
    elif any(part in words.TRIED_OUT for part in parts):
        yield Signal("Half of the name is what people type to try a form out.", 0.4)
    blind = sum(looks_typed_blindly(word) for word in offered.name.split())
    if blind:
        yield Signal("The name looks typed blindly.", JUNK if blind > 1 else 0.7)
    elif len(parts) == 2 and _without_vowels(parts):
        yield Signal("Both names are letters that nobody could say.", 0.7)
    if sum(sign.isdigit() for sign in name) >= 4:
        yield Signal("Figures stand in the name.", 0.6)


def _of_all_words(offered: Offered) -> Iterator[Signal]:
    """Names that are strange in one language are not so in all their letters; a mash is."""
    local = offered.email.partition("@")[0]
    strange = strangeness_together((offered.given_name, offered.family_name, local))
    if strange >= STRANGE:
        weight = JUNK if strange >= STRANGE_FOR_SURE else 0.6
        yield Signal("Name and address together look typed blindly.", weight)


def _without_vowels(parts: list[str]) -> bool:
    """Whether both are Latin, of three letters or more, and without a vowel, r or l."""
    plain = [re.sub(r"[^a-z]", "", part) for part in parts]
    return all(len(part) >= 3 and not re.search("[aeiouyrl]", part) for part in plain)


def _of_company(company: str) -> Iterator[Signal]:
    if words.MARKUP.search(company):
        yield Signal("Markup stands where the company should be.", JUNK)
    elif fold(company) in words.TRIED_OUT - {"na", "n/a", "none", "demo", "probe"}:
        yield Signal("The company is what people type to try a form out.", 0.5)
    elif looks_typed_blindly(company):
        yield Signal("The company looks typed blindly.", 0.6)


def _of_text(text: str) -> Iterator[Signal]:
    if not text.strip():
        return
    if re.search(r"<\s*a\b|\[url|\[link|<script", text, re.IGNORECASE):
        yield Signal("The message holds markup as robots write it.", JUNK)
    links = len(words.LINK.findall(text))
    if links:
        yield Signal("The message holds links.", min(0.3 * links, 0.9))
    for offer, pattern in words.OFFERS:
        said = {found.group(0).lower() for found in pattern.finditer(text)}
        if said:
            yield Signal(f"The message offers {offer}.", 0.5 if len(said) == 1 else JUNK)
    if words.PUSHING.search(text):
        yield Signal("The message pushes as advertising does.", 0.25)
    if text and sum(map(looks_typed_blindly, text.split())) > len(text.split()) / 2:
        yield Signal("The message looks typed blindly.", 0.7)


def _of_phone(phone: str) -> Iterator[Signal]:
    digits = re.sub(r"\D", "", phone)
    if len(digits) >= 6 and len(set(digits[2:])) == 1:
        yield Signal("The number is one figure over and over.", 0.5)
    elif len(digits) >= 6 and (digits in _UP or digits in _UP[::-1]):
        yield Signal("The number only counts up or down.", 0.5)
