"""Public holidays of a country, from a calendar that comes with the product."""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Return the holidays of the whole country (two letters) in a year; none where unknown."""
    try:
        return frozenset(holidays.country_holidays(country.upper(), years=year))
    except NotImplementedError:
        return frozenset()
