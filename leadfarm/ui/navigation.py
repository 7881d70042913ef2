"""Where rooms say what belongs in the bar, in the account menu and in the list of shortcuts.

A room registers in its `AppConfig.ready`; the ui room draws what it finds and knows no page.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse

Place = Literal["bar", "account"]


@lru_cache(maxsize=4096)
def address(url_name: str, slug: str) -> str:
    """Return the address of a page that needs nothing but its workspace.

    Kept, since a page names fifty of them, mostly the same: built anew they were a tenth of it.
    """
    return reverse(url_name, kwargs={"workspace": slug})


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One way to a page of a workspace.

    `url_name` takes the keyword `workspace` (its slug). `wide` entries leave the bar on a phone,
    for everybody or for the roles named there; the account menu has them then.
    `roles` holds the codes of the roles that see it; empty means every member. `key` follows "g"
    on the keyboard. `holds` names pages beside its own that one reaches through it. Guests, who
    work here for somebody else, do not see what is `in_house`.
    """

    label: str
    url_name: str
    icon: str
    order: int
    place: Place = "bar"
    wide: bool | frozenset[int] = False
    roles: frozenset[int] = frozenset()
    key: str = ""
    holds: tuple[str, ...] = ()
    in_house: bool = False

    def is_for(self, role: int | None, *, guest: bool = False) -> bool:
        """Say whether a member with this role sees the entry."""
        return (not self.roles or role in self.roles) and not (guest and self.in_house)

    def is_wide_for(self, role: int | None) -> bool:
        """Say whether it leaves the bar of a member with this role on a phone."""
        return self.wide if isinstance(self.wide, bool) else role in self.wide


@dataclass(frozen=True, kw_only=True)
class Link:
    """An entry as one request sees it: with its address, and whether we are there."""

    label: str
    icon: str
    href: str
    wide: bool
    key: str
    current: bool


@dataclass(frozen=True)
class Strip:
    """A line under the bar of every page: the template, and what answers its variables.

    For a long job that goes on by itself. None as answer: then nothing is drawn.
    """

    template: str
    answer: Callable[[HttpRequest], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Bell:
    """What one is told: the page, and what counts the unread for a request."""

    url_name: str
    count: Callable[[HttpRequest], int]


@dataclass(frozen=True)
class Rung:
    """The bell as one request sees it."""

    href: str
    unread: int


@dataclass(frozen=True)
class Shortcut:
    """A key and what it does, for the dialog behind "?"."""

    keys: tuple[str, ...]
    does: str


@dataclass
class Registry:
    """All entries of all rooms, and the page that answers a search."""

    entries: dict[tuple[Place, str], Entry] = field(default_factory=dict)
    search_url_name: str = ""
    strips: dict[str, Strip] = field(default_factory=dict)
    bell: Bell | None = None

    def register(self, *entries: Entry) -> None:
        """Add entries; the same place and label again replaces the earlier one."""
        for entry in entries:
            self.entries[entry.place, entry.label] = entry

    def add_strip(self, strip: Strip) -> None:
        """Add a strip; the same template again replaces the earlier one."""
        self.strips[strip.template] = strip

    def drawn_strips(self, request: HttpRequest) -> list[tuple[str, dict[str, Any]]]:
        """Return template and variables of each strip that has something to say."""
        told = [(strip.template, strip.answer(request)) for strip in self.strips.values()]
        return [(template, dict(answer)) for template, answer in told if answer is not None]

    def ring_at(self, bell: Bell) -> None:
        """Name the page behind the bell, and who counts what is unread there."""
        self.bell = bell

    def rung(self, request: HttpRequest, slug: str) -> Rung | None:
        """Return the bell for this request; None if no room tells anybody anything."""
        if self.bell is None:
            return None
        return Rung(address(self.bell.url_name, slug), self.bell.count(request))

    def search_at(self, url_name: str) -> None:
        """Name the page that takes `?q=` from the search field of the bar."""
        self.search_url_name = url_name

    def links(
        self,
        place: Place,
        request: HttpRequest,
        slug: str,
        role: int | None,
        *,
        guest: bool = False,
    ) -> tuple[Link, ...]:
        """Return what this member sees in that place, in order."""
        there = (entry for entry in self.entries.values() if entry.place == place)
        seen = sorted(
            (entry for entry in there if entry.is_for(role, guest=guest)),
            key=lambda entry: (entry.order, entry.label),
        )
        return tuple(self._link(entry, request.path, slug, role) for entry in seen)

    def search_address(self, slug: str) -> str:
        """Return where the search form of the bar sends its words; empty if no room searches."""
        if not self.search_url_name:
            return ""
        return address(self.search_url_name, slug)

    @staticmethod
    def _link(entry: Entry, path: str, slug: str, role: int | None) -> Link:
        href = address(entry.url_name, slug)
        beside = href.rstrip("/").rpartition("/")[0] + "/"
        return Link(
            label=entry.label,
            icon=entry.icon,
            href=href,
            wide=entry.is_wide_for(role),
            key=entry.key,
            current=path.startswith((href, *(f"{beside}{name}/" for name in entry.holds))),
        )


EVERYWHERE: tuple[Shortcut, ...] = (
    Shortcut(("/", "Ctrl K"), "Search"),
    Shortcut(("Ctrl Enter",), "Send the form you are writing in"),
    Shortcut(("j", "k"), "Next and previous row"),
    Shortcut(("Enter",), "Open the row"),
    Shortcut(("x",), "Select the row"),
    Shortcut(("?",), "Show this list"),
    Shortcut(("Esc",), "Close what floats, leave a field"),
)

registry = Registry()
register = registry.register
search_at = registry.search_at
add_strip = registry.add_strip
ring_at = registry.ring_at


def pages_with_keys(links: Iterable[Link]) -> list[Shortcut]:
    """Return the shortcuts "g" and a letter of those links that have one."""
    return [Shortcut(("g", link.key), link.label) for link in links if link.key]
