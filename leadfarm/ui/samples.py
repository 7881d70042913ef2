"""What the gallery shows: invented people and numbers, one of each state."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms

from leadfarm.ui import samples_charts, samples_tree
from leadfarm.ui.context import THEMES
from leadfarm.ui.forms import Switch
from leadfarm.ui.navigation import EVERYWHERE, Rung

NOW = datetime(2026, 11, 12, 9, 56, tzinfo=UTC)
ICONS = [
    "call",
    "mail",
    "note",
    "task",
    "meeting",
    "web",
    "search",
    "plus",
    "check",
    "cross",
    "question",
    "clock",
    "snooze",
    "skip",
    "in",
    "out",
    "down",
    "left",
    "right",
    "more",
    "flag",
    "branch",
    "wait",
    "person",
    "people",
    "company",
    "machine",
    "stream",
    "exit",
    "back",
    "pin",
    "edit",
    "filter",
    "columns",
    "download",
    "upload",
    "undo",
    "warn",
    "sign",
    "leads",
    "bars",
    "horn",
    "board",
    "asleep",
    "money",
    "link",
    "lock",
    "copy",
    "remove",
    "settings",
    "bell",
    "sun",
]
TOKENS = [
    "paper",
    "surface",
    "sunken",
    "line",
    "line-strong",
    "ink",
    "ink-2",
    "ink-3",
    "accent",
    "accent-deep",
    "accent-tint",
    "warn",
    "warn-tint",
    "bad",
    "bad-tint",
]


class Everyday(forms.Form):
    """One field of each kind, as a room would write it."""

    company = forms.CharField(help_text="Name or domain.")
    buys_in = forms.ChoiceField(choices=[("3", "March 2027"), ("9", "September 2027")])
    phone = forms.CharField(required=False)
    amount = forms.DecimalField(disabled=True, required=False, initial=None)
    learned = forms.CharField(
        label="What did you learn?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    order = forms.ChoiceField(
        label="Work in the order of",
        widget=forms.RadioSelect,
        choices=[("value", "Expected value"), ("date", "Due date")],
        initial="value",
    )
    greets = forms.BooleanField(label="Greet in working hours only", required=False, initial=True)
    quiet = forms.BooleanField(label="Keeps the quiet window", widget=Switch, required=False)

    def clean_phone(self) -> str:
        """Refuse a number that cannot be dialled."""
        raise forms.ValidationError("Too short for Germany. Are digits missing at the end?")


SHELL = {
    "bar": samples_tree.bar(),
    "account": [],
    "search": "#main",
    "bell": Rung("#main", 3),
    "name": "Ana Ruiz",
    "shortcuts": EVERYWHERE,
    "themes": THEMES,
    "home": "#main",
}


def everything() -> dict[str, Any]:
    """Return the context of the gallery."""
    return {
        "now": NOW,
        "shell": SHELL,
        "today": date(2026, 11, 12),
        "icons": ICONS,
        "tokens": TOKENS,
        "form": Everyday({"company": "Tessmer Kartonagen", "order": "value", "phone": "0561 555"}),
        "yesterday": NOW - timedelta(days=1),
        "last_week": NOW - timedelta(days=9),
        "september": NOW - timedelta(days=59),
        "soon": NOW + timedelta(minutes=4),
        "day_before": (NOW - timedelta(days=1)).date(),
        **samples_charts.ALL,
        **samples_tree.lists(NOW),
    }
