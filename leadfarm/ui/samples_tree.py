"""The lists of the gallery: queue, outcomes, stages, tabs, board, wizard, tree."""

from datetime import datetime, timedelta
from typing import Any

from leadfarm.ui.navigation import Link


def _outcomes() -> list[dict[str, str]]:
    rows = (
        ("1", "Connected, help now", "Sales’ move: call today"),
        ("2", "Connected, not now", "Marketing’s move until 10 Feb 2027"),
        ("3", "Meeting booked", "Sales’ move: pick a time"),
        ("4", "Callback agreed", "Your move: pick a date"),
        ("5", "No answer", "Attempt 3 of 6 on Mon 16 Nov"),
        ("0", "Do not call", "Mail only, kept for good"),
    )
    return [{"value": key, "key": key, "label": label, "then": then} for key, label, then in rows]


STAGES = [
    {"label": "Raw", "note": "4 min", "state": "done"},
    {"label": "Inquiry", "note": "1 day", "state": "done"},
    {"label": "Nurturing", "note": "104 days", "state": "current"},
    {"label": "Sales-ready"},
    {"label": "Accepted"},
    {"label": "Qualified"},
    {"label": "Won"},
]


def _step(kind: str, icon: str, label: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "icon": icon,
        "kind_label": label,
        "title": title,
        "href": "#tree",
        **more,
    }


def _nodes() -> list[dict[str, Any]]:
    return [
        _step("start", "in", "Starts with", "New inquiry", rest="1,412 since 3 Aug"),
        _step(
            "human",
            "person",
            "Sales owner, 1 h",
            "Greet: can I help now?",
            here=14,
            rest="1,398 done",
        ),
        _step("human", "person", "PD owner, 2 days", "Check in (selected)", here=38, current=True),
        _step("message", "mail", "Message", "Thank you", here=3, fault="No unsubscribe link"),
        _step("wait", "wait", "Wait", "2 working days", here=61),
        _step("branch", "branch", "Branch", "Definition met?", rest="784 decided"),
        _step("goal", "flag", "Goal", "Sales-ready", rest="109 reached"),
        _step("back", "back", "Goes on at", "Retrofit basics", rest="675 returned"),
    ]


def _tree() -> list[dict[str, Any]]:
    start, greet, check, thanks, wait, decide, goal, back = _nodes()
    check = {
        **check,
        "title": "Check in",
        "add": "#tree",
        "add_label": "Add a step before Check in",
    }
    decide["ways"] = [
        {"label": "Yes", "share": "14 %", "steps": [goal]},
        {"label": "No or unknown", "share": "86 %", "steps": [back]},
    ]
    greet = {**greet, "add": "#tree", "add_label": "Add a step before Greet"}
    greet["ways"] = [
        {"label": "Help now", "share": "11 %", "steps": [{**goal, "title": "Fast track"}]},
        {"label": "Not now", "share": "46 %", "steps": [wait, check, decide]},
        {"label": "Not interested", "share": "7 %", "steps": [thanks]},
    ]
    return [start, greet]


def _tasks() -> list[dict[str, Any]]:
    def row(due: str, title: str, icon: str, kind: str, why: str, **more: Any) -> dict[str, Any]:
        return {"due": due, "title": title, "icon": icon, "kind": kind, "why": why, **more}

    return [
        row(
            "1 day", "Ravensworth Bakeries", "task", "Review", "Returned by sales", due_state="late"
        ),
        row("10:00", "Tessmer Kartonagen", "call", "Check-in", "Price guide opened", current=True),
        row("11:00", "Zielinski Foundry", "mail", "Mail", "Asked for a reference in casting"),
        row(
            "", "Kopernik Glass", "call", "Greet", "Inquiry at 08:02, greeted in 21 min", done=True
        ),
    ]


CARD = {"href": "#board", "title": "Conveyor drive retrofit", "sub": "Tessmer Kartonagen"}
CARD_SOON = {
    **CARD,
    "fit": "A",
    "heat": 46,
    "bars": 2,
    "value": "200,000 €",
    "due": "Today, 10:00",
    "due_state": "soon",
    "next": "Check in by phone",
    "owner": "Ana Ruiz",
}
CARD_LATER = {
    **CARD,
    "title": "Kiln fan retrofit",
    "sub": "Castellan Ceramics",
    "fit": "B",
    "heat": 18,
    "bars": 1,
    "due": "Mon 16 Nov",
    "next": "Research buying group",
    "owner": "Ana Ruiz",
}
CARD_LATE = {
    **CARD,
    "title": "Filler line monitoring",
    "sub": "Bergamin Bottling",
    "fit": "A",
    "heat": 74,
    "bars": 3,
    "due": "2 h late",
    "due_state": "late",
    "next": "Accept or reject",
    "owner": "Tomas Okafor",
}
COLUMNS = [
    {
        "title": "Nurturing",
        "count": 1204,
        "cap": 1000,
        "value": "4.1 M €",
        "more": "#board",
        "cards": [CARD_SOON, CARD_LATER],
    },
    {"title": "Sales-ready", "count": 1, "value": "85,000 €", "cards": [CARD_LATE]},
    {"title": "Accepted", "count": 0, "cards": [], "empty": "Nobody waits for a first talk"},
]
PEOPLE = [
    {"name": "Mei Lindholm", "role": "Marketing"},
    {"name": "Ana Ruiz", "role": "PD"},
    {"name": "Ines Hallbauer", "role": "Champion", "them": True},
]
TABS = [
    {"label": "All open", "href": "#tables", "count": "2,318", "current": True},
    {"label": "Mine to move", "href": "#tables", "count": 146},
    {"label": "Returned by sales", "href": "#tables", "count": 9},
]
FACTS = [
    {"term": "Industry", "value": "Corrugated board"},
    {"term": "Phone", "value": "+49 561 555 01 042", "href": "tel:+4956155501042"},
]
WIZARD = [
    {"label": "File", "state": "done", "href": "#forms"},
    {"label": "Match key", "state": "done", "href": "#forms"},
    {"label": "Columns", "state": "current", "note": "4 of 11 guessed"},
    {"label": "Preview"},
    {"label": "Run"},
]
CRUMBS = [{"label": "Leads", "href": "#over"}, {"label": "Tessmer"}, {"label": "L-20418"}]
PAGES = (
    ("Today", "task", False),
    ("Leads", "leads", False),
    ("Programs", "branch", False),
    ("Campaigns", "horn", True),
    ("Agreement", "sign", False),
    ("Scoreboard", "bars", False),
)


def _points(now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "icon": "out",
            "text": "Sent: What a line-3 retrofit costs",
            "at": now - timedelta(days=2),
        },
        {"icon": "web", "text": "She opened the price guide, twice", "at": now - timedelta(days=2)},
        {
            "icon": "wait",
            "text": "Held back: webinar invitation",
            "at": now - timedelta(days=6),
            "faint": True,
        },
    ]


def _run(now: datetime) -> list[dict[str, Any]]:
    at = now - timedelta(days=17)
    return [
        {"what": "Mail delivered: Spares that are no longer made", "at": at},
        {"what": "Click by a link scanner, not counted", "at": at},
    ]


def bar() -> list[Link]:
    """Return the entries of the bar as a member sees them; they lead nowhere."""
    return [
        Link(label=label, icon=icon, href="#main", wide=wide, key="", current=label == "Leads")
        for label, icon, wide in PAGES
    ]


def lists(now: datetime) -> dict[str, Any]:
    """Return every list the gallery draws."""
    return {
        "stages": STAGES,
        "outcomes": _outcomes(),
        "nodes": _nodes(),
        "steps": _tree(),
        "tasks": _tasks(),
        "columns": COLUMNS,
        "points": _points(now),
        "people": PEOPLE,
        "tabs": TABS,
        "facts": FACTS,
        "wizard": WIZARD,
        "crumbs": CRUMBS,
        "run": _run(now),
    }
