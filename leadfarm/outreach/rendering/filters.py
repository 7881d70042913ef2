"""Liquid's filters with a cap on what they take, give and cost.

The engine's own limits do not look inside filters: a template of a hundred letters can double a
value until the memory is gone. Each render has a budget; each filter call pays by size.
"""

import threading
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from liquid.exceptions import ResourceLimitError

LONGEST_VALUE = 20_000
MOST_ITEMS = 1_000
LARGEST_NUMBER = 10**15
WORK = 5_000_000
REFUSED = (
    "base64_decode",
    "base64_encode",
    "base64_url_safe_decode",
    "base64_url_safe_encode",
    "escapejs",
    "safe",
)


class _Budget(threading.local):
    left = WORK


_budget = _Budget()


def new_budget() -> None:
    """Give the render that begins now, in this thread, its full budget."""
    _budget.left = WORK


def capped(filters: dict[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return the filters a template may use, each with its caps."""
    return {name: _cap(name, call) for name, call in filters.items() if name not in REFUSED}


def _cap(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    # The attributes by which the engine knows what a filter wants are copied too.
    @wraps(call)
    def limited(*values: Any, **options: Any) -> Any:
        for value in values:
            _pay(name, value)
        for value in options.values():
            _pay(name, value)
        if name in ("replace", "replace_first", "replace_last") and len(values) > 2:
            _foresee(str(values[0]), str(values[1]), str(values[2]))
        result = call(*values, **options)
        _pay(name, result)
        return result

    return limited


def _pay(name: str, value: object) -> None:
    _budget.left -= 1 + _size(name, value)
    if _budget.left < 0:
        raise ResourceLimitError("the template does too much work with its filters", token=None)


def _size(name: str, value: object) -> int:
    if isinstance(value, str):
        return _at_most(len(value), LONGEST_VALUE, name, "characters")
    if isinstance(value, range | list | tuple):
        _at_most(len(value), MOST_ITEMS, name, "items")
        return sum(_size(name, item) for item in value)
    if isinstance(value, int | float) and not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise ResourceLimitError(f"the number in '{name}' is too large", token=None)
    if isinstance(value, Iterable) and not isinstance(value, dict):
        return 100
    return 1


def _foresee(text: str, old: str, new: str) -> None:
    """Refuse a replacement before it is made: its result may be large beyond memory."""
    count = text.count(old) if old else len(text) + 1
    _at_most(
        len(text) + count * max(len(new) - len(old), 0), LONGEST_VALUE, "replace", "characters"
    )


def _at_most(size: int, limit: int, name: str, unit: str) -> int:
    if size > limit:
        message = f"'{name}' handles {size:,} {unit}; at most {limit:,} are allowed"
        raise ResourceLimitError(message, token=None)
    return size
