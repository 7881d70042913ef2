"""The levels of likeness of each kind of field, the closest first."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from leadfarm.rules.duplicates.kinds import Kind

ELSE = "ELSE"


@dataclass(frozen=True)
class Level:
    """One degree of likeness: what it is called, when it holds, its share among duplicates."""

    says: str
    when: str
    share: float
    # Rare values say more than frequent ones: the column whose frequencies count.
    rarity_of: str = ""
    # The share among related records, where it is not the share among duplicates or strangers.
    tied: float | None = None
    # Whether nobody would call it another name.
    names_the_same: bool = False


def crossed(name: str, other: str) -> str:
    """Return when the first name of one is the last of the other, and the other way round."""
    return (
        f"jaro_winkler_similarity({name}_l, {other}_r) >= 0.86"
        f" AND jaro_winkler_similarity({name}_r, {other}_l) >= 0.86"
    )


def _then(sieve: str, test: str) -> str:
    """Return `sieve AND test` so that the test, dear, is made only where the sieve lets through.

    DuckDB looks at both sides of an AND: comparing addresses took ten times as long.
    """
    return f"CASE WHEN {sieve} THEN {test} ELSE false END"


def plain_text(name: str, names: set[str]) -> tuple[Level, ...]:
    """Return the levels of free words."""
    return (
        _same(name, 0.5),
        _like(name, 0.92, 0.08),
        Level("the telling words are the same", _telling(name), 0.06),
        Level("half of the words are the same", _shared(name), 0.04),
    )


def _same(name: str, share: float) -> Level:
    return Level("same", f"{name}_l = {name}_r", share, rarity_of=name)


def _like(name: str, least: float, share: float, says: str = "alike") -> Level:
    return Level(says, f"jaro_winkler_similarity({name}_l, {name}_r) >= {least}", share)


def _edits(name: str, most: int, share: float) -> Level:
    """Counting edits takes 50 times as long as the likeness that goes before it as a sieve."""
    says = "one sign differs" if most == 1 else f"{most} signs differ"
    sieve = f"jaro_similarity({name}_l, {name}_r) >= {0.78 if most == 1 else 0.72}"
    edits = f"damerau_levenshtein({name}_l, {name}_r) <= {most}"
    return Level(says, _then(sieve, edits), share)


def _given(name: str, names: set[str]) -> tuple[Level, ...]:
    forms = f"list_has_any({name}_forms_l, {name}_forms_r)"
    initial = f"(length({name}_l) = 1 OR length({name}_r) = 1) AND {name}_l[1] = {name}_r[1]"
    return (
        # First, as chance hardly ever swaps names: it says more than a first name alone.
        *_swapped(name, "family", names),
        _same(name, 0.7),
        Level("another form of the name", forms, 0.06),
        _like(name, 0.9, 0.08),
        Level("same initial", initial, 0.02),
        _like(name, 0.78, 0.04, "somewhat alike"),
    )


def _swapped(name: str, other: str, names: set[str]) -> tuple[Level, ...]:
    if other not in names or name != "given":
        return ()
    apart = f"{name}_l <> {name}_r AND {crossed(name, other)}"
    return (Level("first and last name swapped", apart, 0.03),)


def _family(name: str, names: set[str]) -> tuple[Level, ...]:
    part = (
        f"len({name}_l) > 3 AND len({name}_r) > 3 AND"
        f" (starts_with({name}_l, {name}_r) OR starts_with({name}_r, {name}_l)"
        f" OR ends_with({name}_l, {name}_r) OR ends_with({name}_r, {name}_l))"
    )
    return (
        _same(name, 0.75),
        _like(name, 0.92, 0.09),
        Level("one is part of the other", part, 0.02),
        _like(name, 0.8, 0.04, "somewhat alike"),
    )


def _email(name: str, names: set[str]) -> tuple[Level, ...]:
    """What stands before the @ tells people apart; what stands after it is the company's."""
    edits = _then(
        f"{name}_figures_l = {name}_figures_r"
        f" AND jaro_winkler_similarity({name}_local_l, {name}_local_r) >= 0.88"
        f" AND jaro_winkler_similarity({name}_host_l, {name}_host_r) >= 0.85",
        f"damerau_levenshtein({name}_l, {name}_r) <= 2",
    )
    return (
        _same(name, 0.6),
        Level("1 or 2 signs differ", edits, 0.1, tied=0.01),
        Level("same before the @", f"{name}_user_l = {name}_user_r", 0.08, tied=0.01),
        Level("another at the same domain", f"{name}_host_l = {name}_host_r", 0.05, tied=0.8),
    )


def _phone(name: str, names: set[str]) -> tuple[Level, ...]:
    tail = f"right({name}_l, 7) = right({name}_r, 7) AND length({name}_l) >= 7"
    return (_same(name, 0.7), Level("same at the end", tail, 0.08), _edits(name, 1, 0.06))


def _birth(name: str, names: set[str]) -> tuple[Level, ...]:
    l, r = f"{name}_l", f"{name}_r"  # noqa: E741
    swapped = f"left({l}, 4) = left({r}, 4) AND {l}[6:7] = {r}[9:10] AND {l}[9:10] = {r}[6:7]"
    two = (
        f"(({l}[1:4] = {r}[1:4])::int + ({l}[6:7] = {r}[6:7])::int + ({l}[9:10] = {r}[9:10])::int)"
        " >= 2"
    )
    return (
        _same(name, 0.75),
        Level("day and month swapped", swapped, 0.02),
        _edits(name, 1, 0.08),
        Level("two of day, month and year are the same", two, 0.05),
        _edits(name, 2, 0.03),
    )


def _number(name: str, names: set[str]) -> tuple[Level, ...]:
    return (_same(name, 0.8), _edits(name, 1, 0.08), _edits(name, 2, 0.03))


def _shared(name: str) -> str:
    """Half of all words of both, with one that tells most; two words of trade are no sign.

    Cheap tests go first, as most pairs have nothing in common.
    """
    both = f"len(list_intersect({name}_words_l, {name}_words_r))"
    all_of = f"len({name}_words_l) + len({name}_words_r) - {both}"
    kept = (
        f"list_contains({name}_words_r, {name}_rarest_l)"
        f" OR list_contains({name}_words_l, {name}_rarest_r)"
    )
    return _then(kept, f"{both} / ({all_of}) >= 0.5")


def _some(name: str) -> str:
    return f"list_has_any({name}_words_l, {name}_words_r)"


def _telling(name: str) -> str:
    """All words of weight of each stand in the other as well."""
    there = f"list_has_all({name}_words_r, {name}_telling_l)"
    back = f"list_has_all({name}_words_l, {name}_telling_r)"
    return _then(f"{name}_rarest_l = {name}_rarest_r OR {_some(name)}", f"{there} AND {back}")


def _within(name: str) -> str:
    """The words of one stand in the other, with the one that tells most of it."""
    there = f"list_has_all({name}_words_l, {name}_words_r)"
    all_of = f"{there} OR list_has_all({name}_words_r, {name}_words_l)"
    return _then(f"{name}_rarest_l = {name}_rarest_r", all_of)


def _company(name: str, names: set[str]) -> tuple[Level, ...]:
    """Names are compared in their short form: a word more is a daughter as often as a slip."""
    run = f"{name}_run_l = {name}_run_r"
    shorter = f"least(length({name}_l), length({name}_r))"
    sieve = f"{shorter} > 4 AND jaro_similarity({name}_l, {name}_r) >= 0.8"
    few = f"CASE WHEN {shorter} >= 16 THEN 2 ELSE 1 END"
    edits = f"damerau_levenshtein({name}_l, {name}_r) <= {few}"
    acronym = f"{name}_initials_l = {name}_run_r OR {name}_initials_r = {name}_run_l"
    part = _then(f"{name}_part_l <> {name}_part_r", _some(name))
    return (
        replace(_same(name, 0.6), names_the_same=True),
        Level("same words", f"{name}_words_l = {name}_words_r OR {run}", 0.08, names_the_same=True),
        Level("one is the initials of the other", acronym, 0.01),
        Level("1 or 2 signs differ", _then(sieve, edits), 0.1),
        Level("one names a part of a group", part, 0.01),
        Level("the telling words are the same", _telling(name), 0.05),
        Level("one has all words of the other", _within(name), 0.04),
        Level("half of the words are the same", _shared(name), 0.02),
        Level("somewhat alike", _spelled(name), 0.03),
    )


def _spelled(name: str) -> str:
    """Alike as a whole, and in the word that tells most: many names begin the same."""
    word = f"jaro_winkler_similarity({name}_rarest_l, {name}_rarest_r) >= 0.84"
    return _then(word, f"jaro_winkler_similarity({name}_l, {name}_r) >= 0.88")


def _web(name: str, names: set[str]) -> tuple[Level, ...]:
    label = "split_part({}, '.', 1)"
    brand = f"{label.format(name + '_l')} = {label.format(name + '_r')}"
    return (
        _same(name, 0.8),
        Level("same name with another ending", brand, 0.06),
        _edits(name, 1, 0.04),
    )


def _street(name: str, names: set[str]) -> tuple[Level, ...]:
    likeness = f"jaro_winkler_similarity({name}_l, {name}_r)"
    return (
        _same(name, 0.55),
        Level("alike", _numbered(name, f"{likeness} >= 0.93"), 0.12),
        Level("the telling words are the same", _numbered(name, _telling(name)), 0.06),
        Level("half of the words are the same", _numbered(name, _shared(name)), 0.06),
        _like(name, 0.82, 0.06, "somewhat alike"),
    )


def _numbered(name: str, test: str) -> str:
    """Another number in the same street is another house."""
    return _then(f"{name}_figures_l = {name}_figures_r", test)


def _city(name: str, names: set[str]) -> tuple[Level, ...]:
    return (_same(name, 0.75), _like(name, 0.88, 0.1))


def _postcode(name: str, names: set[str]) -> tuple[Level, ...]:
    area = f"left({name}_l, 3) = left({name}_r, 3)"
    return (_same(name, 0.75), _edits(name, 1, 0.08), Level("same area", area, 0.05))


def _plain(name: str, names: set[str]) -> tuple[Level, ...]:
    return (_same(name, 0.85), _edits(name, 1, 0.04))


OF_KIND: dict[Kind, Callable[[str, set[str]], tuple[Level, ...]]] = {
    Kind.GIVEN: _given,
    Kind.FAMILY: _family,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.BIRTH: _birth,
    Kind.NUMBER: _number,
    Kind.COMPANY: _company,
    Kind.WEB: _web,
    Kind.STREET: _street,
    Kind.CITY: _city,
    Kind.POSTCODE: _postcode,
    Kind.HOUSE: _plain,
    Kind.REGION: _plain,
    Kind.COUNTRY: _plain,
}
