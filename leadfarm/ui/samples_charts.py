"""The charts of the gallery, from invented numbers."""

from leadfarm.ui import charts
from leadfarm.ui.words import money

EUROS = (3120, 2980, 3190, 2890, 2760, 2820, 2600, 2640, 2480, 2390, 2260, 2140)
MONTHS = charts.Line(
    title="Cost per qualified opportunity by month, from 3,120 to 2,140 euros, with interval",
    series=[
        charts.Series(
            label="Cost",
            points=[
                charts.Point(at, cost, cost * 0.8, cost * 1.27) for at, cost in enumerate(EUROS)
            ],
        )
    ],
    names=[(0, "Nov"), (2, "Jan"), (4, "Mar"), (6, "May"), (8, "Jul"), (10, "Sep")],
    write=money,
    target=2500,
    target_label="goal 2,500",
    x_label="Month",
)

DAYS = (0, 12, 30, 55, 90, 130, 180, 220, 260, 300)
NOW = (0, 0.02, 0.045, 0.066, 0.09, 0.11, 0.134, 0.149, 0.163, 0.175)
BEFORE = (0, 0.01, 0.03, 0.05, 0.07, 0.085, 0.104, 0.118, 0.126, 0.134)
CURVE = charts.Line(
    title="Share of inquiries that became qualified within twelve months",
    series=[
        charts.Series(
            label="Since January 2026",
            step=True,
            points=[
                charts.Point(day, y, max(0.0, y - 0.003 - day / 12_000), y + 0.003 + day / 12_000)
                for day, y in zip(DAYS, NOW, strict=True)
            ],
        ),
        charts.Series(
            label="2025",
            step=True,
            faint=True,
            points=[
                *(charts.Point(day, y) for day, y in zip(DAYS, BEFORE, strict=True)),
                charts.Point(365, 0.142),
            ],
        ),
    ],
    names=[(0, "day 0"), (90, "90"), (180, "180"), (270, "270"), (365, "365")],
    write=lambda y: f"{100 * y:.3g} %",
    right=365,
    inset=0,
    observed_until=300,
    x_label="Day",
)

THRESHOLD = charts.Line(
    title="Leads delivered in twelve months by heat threshold",
    series=[
        charts.Series(
            label="Delivered",
            points=[charts.Point(cut, 1450 * 0.978**cut) for cut in range(0, 101, 5)],
        )
    ],
    names=[(0, "0"), (20, "20"), (40, "40"), (60, "60"), (80, "80"), (100, "100")],
    right=100,
    cut=50,
    height=200,
    x_label="Threshold",
)

FUNNEL = charts.Funnel(
    [
        charts.Step(label="Inquiries", n=1412, note="cohort of July to September"),
        charts.Step(label="Greeted", n=1329, note="94.1 %, 92.8 to 95.2", href="#charts"),
        charts.Step(label="Sales-ready", n=168, note="14.2 %, 12.3 to 16.3"),
        charts.Step(label="Qualified", n=74, note="61.2 %, 52.2 to 69.4"),
        charts.Step(label="Won", n=9, note="41 of 74 still open", open=True),
    ]
)
BARS = charts.Bars(
    title="Orders by month, in thousand euros",
    unit="thousand euros",
    bars=[
        charts.Bar("Jul", 120, "120"),
        charts.Bar("Aug", 85, "85"),
        charts.Bar("Sep", 240, "240"),
        charts.Bar("Oct", 190, "190"),
        charts.Bar("Nov", 60, "60", open=110),
    ],
)
SHARES = charts.Shares(
    [
        charts.Share("Met", 34),
        charts.Share("Unknown", 49, "unknown"),
        charts.Share("Unmet", 17, "unmet"),
    ]
)
ALL = {
    "months": MONTHS,
    "curve": CURVE,
    "threshold": THRESHOLD,
    "kept": charts.Whisker(value=0.736, low=0.604, high=0.836, target=0.70, floor=0.5),
    "short": charts.Whisker(value=0.931, low=0.899, high=0.954, target=0.95, floor=0.85),
    "missed": charts.Whisker(value=0.71, low=0.534, high=0.839, target=0.95, floor=0.4),
    "shares": SHARES,
    "funnel": FUNNEL,
    "bars": BARS,
}
