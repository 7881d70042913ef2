"""Parameters of one statement, named so that they do not meet the caller's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

Params = dict[str, object]
BIGGEST = 2**63 - 1


class Binds:
    """Collects parameters in psycopg's %(name)s style, each value once, each with its type said."""

    def __init__(self, prefix: str) -> None:
        """Names start with the prefix: clause_1, clause_2 .."""
        self.prefix = prefix
        self.params: Params = {}
        self._known: dict[tuple[str, object], str] = {}

    def bind(self, value: object) -> str:
        """The placeholder of a value. Whole numbers are bound as bigint, so that integer indexes
        serve.
        """
        if isinstance(value, Decimal) and value == int(value) and abs(value) <= BIGGEST:
            value = int(value)
        if isinstance(value, tuple) and value and not isinstance(value[0], str):
            value = tuple(int(code) for code in value)  # psycopg would write an enum by its name
        elif isinstance(value, int) and not isinstance(value, bool):
            value = int(value)
        kind = _sql_type(value)
        name = self._known.get((kind, value))
        if name is None:
            name = f"{self.prefix}_{len(self.params) + 1}"
            self._known[kind, value] = name
            self.params[name] = list(value) if isinstance(value, tuple) else value
        return f"%({name})s::{kind}"

    def equals_one_of(self, column: str, codes: Sequence[int]) -> str:
        """The column equals the only code, or any of several."""
        if len(codes) == 1:
            return f"{column} = {self.bind(codes[0])}"
        return f"{column} = ANY({self.bind(tuple(codes))})"


def _sql_type(value: object) -> str:
    if isinstance(value, tuple):
        return "text[]" if value and isinstance(value[0], str) else "bigint[]"
    types: tuple[tuple[type, str], ...] = (
        (bool, "boolean"),
        (int, "bigint"),
        (float, "float8"),
        (Decimal, "numeric"),
        (datetime, "timestamptz"),
        (date, "date"),
        (timedelta, "interval"),
        (str, "text"),
    )
    for python, name in types:
        if isinstance(value, python):
            return name
    raise TypeError(f"No SQL type for {type(value).__name__}.")
