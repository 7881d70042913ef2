"""What the gallery shows: invented people and numbers, one of each state."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms

from leadfarm.ui import charts, samples_tree
from leadfarm.ui.forms import Switch
from leadfarm.ui.words import money

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


def _days(**back: int) -> datetime:
    return NOW - timedelta(**back)


def _months() -> charts.Line:
    names = ["Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"]
    euros = (3120, 2980, 3190, 2890, 2760, 2820, 2600, 2640, 2480, 2390, 2260, 2140)
    points = [charts.Point(at, cost, cost * 0.8, cost * 1.27) for at, cost in enumerate(euros)]
    return charts.Line(
        title="Cost per qualified opportunity by month, from 3,120 to 2,140 euros, with interval",
        series=[charts.Series(label="Cost", points=points)],
        names=[(at, name) for at, name in enumerate(names) if at % 2 == 0],
        write=money,
        target=2500,
        target_label="goal 2,500",
        x_label="Month",
    )


def _curve() -> charts.Line:
    days = (0, 12, 30, 55, 90, 130, 180, 220, 260, 300)
    now, before = (
        [0, 0.02, 0.045, 0.066, 0.09, 0.11, 0.134, 0.149, 0.163, 0.175],
        [0, 0.01, 0.03, 0.05, 0.07, 0.085, 0.104, 0.118, 0.126, 0.134],
    )
    here = [
        charts.Point(day, y, max(0.0, y - 0.003 - day / 12_000), y + 0.003 + day / 12_000)
        for day, y in zip(days, now, strict=True)
    ]
    old = [charts.Point(day, y) for day, y in zip(days, before, strict=True)]
    return charts.Line(
        title="Share of inquiries that became qualified within twelve months",
        series=[
            charts.Series(label="Since January 2026", points=here, step=True),
            charts.Series(
                label="2025", points=[*old, charts.Point(365, 0.142)], step=True, faint=True
            ),
        ],
        names=[(0, "day 0"), (90, "90"), (180, "180"), (270, "270"), (365, "365")],
        write=lambda y: f"{100 * y:.3g} %",
        right=365,
        inset=0,
        observed_until=300,
        x_label="Day",
    )


def _threshold() -> charts.Line:
    cuts = range(0, 101, 10)
    return charts.Line(
        title="Leads delivered in twelve months by heat threshold",
        series=[
            charts.Series(
                label="Delivered", points=[charts.Point(c, 1600 * 0.975 ** (2 * c)) for c in cuts]
            )
        ],
        names=[(0, "0"), (20, "20"), (40, "40"), (60, "60"), (80, "80"), (100, "100")],
        right=100,
        cut=50,
        height=200,
    )


def _charts() -> dict[str, Any]:
    return {
        "months": _months(),
        "curve": _curve(),
        "threshold": _threshold(),
        "kept": charts.Whisker(value=0.736, low=0.604, high=0.836, target=0.70, floor=0.5),
        "short": charts.Whisker(value=0.931, low=0.899, high=0.954, target=0.95, floor=0.85),
        "missed": charts.Whisker(value=0.71, low=0.534, high=0.839, target=0.95, floor=0.4),
        "shares": charts.Shares(
            [
                charts.Share("Met", 34),
                charts.Share("Unknown", 49, "unknown"),
                charts.Share("Unmet", 17, "unmet"),
            ]
        ),
        "funnel": charts.Funnel(
            [
                charts.Step(label="Inquiries", n=1412, note="cohort of July to September"),
                charts.Step(label="Greeted", n=1329, note="94.1 %, 92.8 to 95.2", href="#charts"),
                charts.Step(label="Sales-ready", n=168, note="14.2 %, 12.3 to 16.3"),
                charts.Step(label="Qualified", n=74, note="61.2 %, 52.2 to 69.4"),
                charts.Step(label="Won", n=9, note="41 of 74 still open", open=True),
            ]
        ),
        "bars": charts.Bars(
            title="Orders by month, in thousand euros",
            unit="thousand euros",
            bars=[
                charts.Bar("Jul", 120, "120"),
                charts.Bar("Aug", 85, "85"),
                charts.Bar("Sep", 240, "240"),
                charts.Bar("Oct", 190, "190"),
                charts.Bar("Nov", 60, "60", open=110),
            ],
        ),
    }


def everything() -> dict[str, Any]:
    """Return the context of the gallery."""
    return {
        "now": NOW,
        "today": date(2026, 11, 12),
        "icons": ICONS,
        "tokens": TOKENS,
        "form": Everyday({"company": "Tessmer Kartonagen", "order": "value", "phone": "0561 555"}),
        "yesterday": _days(days=1),
        "last_week": _days(days=9),
        "september": _days(days=59),
        "soon": NOW + timedelta(minutes=4),
        "day_before": _days(days=1).date(),
        **_charts(),
        **samples_tree.lists(NOW),
    }
