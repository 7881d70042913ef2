"""Where rooms above put their part of the lead page; this room draws what it finds.

A room registers in its `AppConfig.ready`. A panel may answer None: then nothing is drawn.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from leadfarm.rules.codes import TouchKind

if TYPE_CHECKING:
    from leadfarm.access.middleware import InsideRequest
    from leadfarm.leads.models import Account, Contact, Lead

Place = Literal["notice", "action", "menu", "next", "left", "coming", "right", "call"]
IN_DIALOGS: tuple[Place, ...] = ("call",)
Answer = Mapping[str, Any] | None
# Handed a workspace id and the `ref`s of touches of one kind, says what each was about.
Describer = Callable[[int, list[int]], dict[int, str]]


@dataclass(frozen=True)
class Panel:
    """A template of another room, and the function that answers its variables for one lead."""

    place: Place
    order: int
    template: str
    answer: Callable[["InsideRequest", "Lead"], Answer]


@dataclass(frozen=True)
class ContactPanel:
    """A template of another room on the page of a person, and what answers its variables."""

    order: int
    template: str
    answer: Callable[["InsideRequest", "Contact"], Answer]


@dataclass(frozen=True)
class AccountPanel:
    """A template of another room on the page of a company, and what answers its variables."""

    template: str
    answer: Callable[["InsideRequest", "Account"], Answer]


@dataclass(frozen=True)
class ListAct:
    """What another room does with the leads of the list: selected ones, or all that match.

    `url_name` is a page that reads the list's address, and `lead` once for each selected one.
    """

    label: str
    icon: str
    url_name: str


@dataclass
class Registry:
    """All panels of all rooms, and who can say what a touch was about."""

    panels: dict[str, Panel] = field(default_factory=dict)
    describers: dict[TouchKind, Describer] = field(default_factory=dict)
    list_acts: dict[str, ListAct] = field(default_factory=dict)
    of_contacts: dict[str, ContactPanel] = field(default_factory=dict)
    of_accounts: dict[str, AccountPanel] = field(default_factory=dict)

    def on_accounts(self, panel: AccountPanel) -> None:
        """Add a panel to the page of a company; the same template again replaces the earlier."""
        self.of_accounts[panel.template] = panel

    def drawn_on(
        self, request: "InsideRequest", account: "Account"
    ) -> list[tuple[str, dict[str, Any]]]:
        """Return template and variables of what other rooms say about a company."""
        told = [
            (each.template, each.answer(request, account)) for each in self.of_accounts.values()
        ]
        return [(template, dict(answer)) for template, answer in told if answer is not None]

    def on_contacts(self, *panels: ContactPanel) -> None:
        """Add panels to the page of a person."""
        self.of_contacts |= {panel.template: panel for panel in panels}

    def drawn_for(
        self, request: "InsideRequest", contact: "Contact"
    ) -> list[tuple[str, dict[str, Any]]]:
        """Return template and variables of what other rooms say about a person, in order."""
        panels = sorted(self.of_contacts.values(), key=lambda one: one.order)
        told = [(panel.template, panel.answer(request, contact)) for panel in panels]
        return [(template, dict(answer)) for template, answer in told if answer is not None]

    def add(self, *panels: Panel) -> None:
        """Add panels; the same template again replaces the earlier one."""
        for panel in panels:
            self.panels[panel.template] = panel

    def act_on_lists(self, act: ListAct) -> None:
        """Offer this on the list of leads, to everybody but outside firms."""
        self.list_acts[act.url_name] = act

    def describe(self, describer: Describer, *kinds: TouchKind) -> None:
        """Let this function say what touches of these kinds were about."""
        for kind in kinds:
            self.describers[kind] = describer

    def drawn(
        self, request: "InsideRequest", lead: "Lead", dialog: Place | None = None
    ) -> dict[str, list[tuple[str, dict[str, Any]]]]:
        """Return template and variables of every panel that has something to say, by place.

        Those of the page, or those inside one of its dialogs.
        """
        found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for panel in sorted(self.panels.values(), key=lambda one: one.order):
            if (panel.place in IN_DIALOGS and panel.place != dialog) or (
                dialog and panel.place != dialog
            ):
                continue
            answer = panel.answer(request, lead)
            if answer is not None:
                found.setdefault(panel.place, []).append((panel.template, dict(answer)))
        return found


registry = Registry()
