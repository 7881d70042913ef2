"""What a template may speak of, and an example of each for previews and checks."""

from typing import Any

EXAMPLE: dict[str, Any] = {
    "contact": {
        "name": "Vera Lind",
        "given_name": "Vera",
        "family_name": "Lind",
        "job_title": "Head of maintenance",
        "email": "vera.lind@nordpump.example",
        "country": "SE",
    },
    "account": {"name": "Nordpump", "industry": "Pumps", "country": "SE"},
    "lead": {"title": "Nordpump: form", "need": "Fewer unplanned stops"},
    "dossier": {
        "profile": "420 people, three plants",
        "budget": "40,000 EUR",
        "timeline": "30 September 2026",
        "event": "A new line in Malmö",
        "pain_point": "Pumps that stop unplanned",
        "hot_button": "Nobody called at night",
        "competition": "Kolmar",
    },
    "owner": {"name": "Tomas Okafor", "email": "tomas@norrvik.example"},
    "sender": {"name": "Norrvik Drives", "email": "hello@norrvik.example"},
    "today": "2 March 2026",
    "postal_address": "Norrvik Drives AB, Hamngatan 4, 252 21 Helsingborg, Sweden",
    "unsubscribe_url": "https://norrvik.example/u/example",
    "preferences_url": "https://norrvik.example/u/example",
}
# Either gives the contact a way out; the page behind both unsubscribes and sets preferences.
WAYS_OUT = frozenset({"unsubscribe_url", "preferences_url"})


def is_known(name: str) -> bool:
    """Say whether a template may use this name."""
    head, _, rest = name.partition(".")
    value = EXAMPLE.get(head)
    if head.startswith("link_"):
        return True
    return value is not None and (not rest if isinstance(value, str) else rest in value)


def known_names() -> list[str]:
    """Return every name a template may use, as it is written there."""
    names: list[str] = []
    for head, value in EXAMPLE.items():
        names += [f"{head}.{part}" for part in value] if isinstance(value, dict) else [head]
    return names
