"""What changed between two clauses, in words: for signatures, which sign what they can read."""

from __future__ import annotations

from leadfarm.rules.clauses.catalogue import Catalogue
from leadfarm.rules.clauses.tree import Clause, EventTest, Group, Node
from leadfarm.rules.clauses.words import sentence

ALL_ANY_NONE = {"all": "all of", "any": "any of", "none": "none of"}


def differences(old: Clause, new: Clause, catalogue: Catalogue) -> tuple[str, ...]:
    """One line for each change, empty when both say the same; the order in a group is none."""
    return tuple(_between(old, new, catalogue, ""))


def _between(old: Group, new: Group, catalogue: Catalogue, where: str) -> list[str]:
    lines = []
    if old.how != new.how:
        was, now = ALL_ANY_NONE[old.how], ALL_ANY_NONE[new.how]
        lines.append(f"Changed{where}: “{was}” became “{now}”.")
    gone, come = _without_common(old.members, new.members)
    for before, after in _pairs(gone, come):
        if isinstance(before, Group) and isinstance(after, Group):
            inside = f", in “{sentence(before, catalogue)}”"
            lines += _between(before, after, catalogue, inside)
        else:
            was, now = sentence(before, catalogue), sentence(after, catalogue)
            lines.append(f"Changed{where}: “{was}” became “{now}”.")
    lines += [f"Removed{where}: {sentence(node, catalogue)}." for node in gone]
    lines += [f"Added{where}: {sentence(node, catalogue)}." for node in come]
    return lines


def _without_common(old: tuple[Node, ...], new: tuple[Node, ...]) -> tuple[list[Node], list[Node]]:
    gone, come = list(old), list(new)
    for node in old:
        if node in come:
            gone.remove(node)
            come.remove(node)
    return gone, come


def _pairs(gone: list[Node], come: list[Node]) -> list[tuple[Node, Node]]:
    """Pairs of the same subject, taken out of both lists."""
    pairs = []
    for before in list(gone):
        after = next((each for each in come if _subject(each) == _subject(before)), None)
        if after is not None:
            gone.remove(before)
            come.remove(after)
            pairs.append((before, after))
    return pairs


def _subject(node: Node) -> tuple[str, str]:
    if isinstance(node, Group):
        return "group", ""
    return ("event", node.kind) if isinstance(node, EventTest) else ("field", node.field)
