"""Where in a JSON document a value stands: `contact.email`, `answers[0].text`, `[type=email]`."""

import re
from collections.abc import Iterator
from typing import Any

MOST_LEAVES = 300
DEEPEST = 24
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d{1,4})\]|\[([^=\[\]]+)=([^\[\]]*)\]")


class PathError(ValueError):
    """The message says what is wrong with a path."""


def check(rule: str) -> str:
    """Return the rule as it is kept; PathError where a path in it cannot be read."""
    text = rule.strip()
    if not text.startswith("="):
        for path in text.split("|"):
            if path.strip():
                list(_steps(path.strip()))
    return text


def pick(document: Any, rule: str) -> Any:
    """Return what the rule finds: the first of its paths that holds something; `=text` is itself.

    None where there is nothing. Texts, numbers and truth values count as something.
    """
    if rule.startswith("="):
        return rule[1:].strip() or None
    for path in rule.split("|"):
        found = at(document, path.strip()) if path.strip() else None
        if isinstance(found, bool):
            return str(found).lower()
        if isinstance(found, str | int | float) and str(found).strip():
            return found
    return None


def at(document: Any, path: str) -> Any:
    """Return the value at the path, None where there is none."""
    for step in _steps(path):
        document = _into(document, step)
        if document is None:
            return None
    return document


def leaves(document: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Give path and text of every value in the document, in its order, not deeper than sense."""
    if depth > DEEPEST:
        return
    if isinstance(document, dict):
        for name, inner in document.items():
            if not re.search(r"[.\[\]=|]", str(name)):
                yield from leaves(inner, f"{path}.{name}".lstrip("."), depth + 1)
    elif isinstance(document, list):
        for number, inner in enumerate(document[:50]):
            yield from leaves(inner, f"{path}[{number}]", depth + 1)
    elif document is not None and str(document).strip():
        yield path, str(document)


def _steps(path: str) -> Iterator[str | int | tuple[str, str]]:
    done = 0
    while done < len(path):
        step = _STEP.match(path, done)
        if step is None:
            raise PathError(
                f"“{path[:80]}” is no path. Write it like contact.email or items[0].id."
            )
        name, number, key, value = step.groups()
        yield name.strip() if name else int(number) if number else (key.strip(), value.strip())
        done = step.end()


def _into(document: Any, step: str | int | tuple[str, str]) -> Any:
    if isinstance(step, str):
        return document.get(step) if isinstance(document, dict) else None
    if not isinstance(document, list):
        return None
    if isinstance(step, int):
        return document[step] if step < len(document) else None
    key, value = step
    return next((one for one in document if str(at(one, key)) == value), None)
