"""The file by which a calendar takes an event in (RFC 5545), at an address nobody can guess."""

import re
from datetime import UTC, datetime

from django.core import signing
from django.urls import reverse

from leadfarm.intake.models import Event

SALT = "leadfarm.event"
FOLD = 73
IN_WORDS = re.compile(r"/e/([\w:.-]+)\.ics\b")


def calendar_address(event: Event) -> str:
    """Return the path of the event's calendar file; it opens without signing in."""
    token = signing.dumps([event.workspace_id, event.id], salt=SALT)
    return reverse("web:calendar", kwargs={"token": token})


def event_of(token: str) -> tuple[int, int] | None:
    """Return workspace and event of a token, None where it was not signed here."""
    try:
        workspace_id, event_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(workspace_id), int(event_id)


def calendar_behind(workspace_id: int, words: str) -> str:
    """Return the calendar file that words lead to by its address; "" where they lead to none."""
    found = IN_WORDS.search(words)
    told = event_of(found[1]) if found else None
    if told is None or told[0] != workspace_id:
        return ""
    events = Event.objects.of(workspace_id).select_related("campaign")
    event = events.filter(id=told[1]).first()
    return calendar_file(event, event.made_at) if event else ""


def calendar_file(event: Event, now: datetime) -> str:
    """Return the event as an iCalendar file; times in UTC, lines folded at 75 octets."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Leadfarm//Events//EN", "METHOD:PUBLISH"),
        *("BEGIN:VEVENT", f"UID:event-{event.workspace_id}-{event.id}@leadfarm"),
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(event.starts_at)}",
        f"DTEND:{_moment(event.ends_at)}",
        f"SUMMARY:{_text(event.campaign.name)}",
        f"LOCATION:{_text(event.place)}",
        *("END:VEVENT", "END:VCALENDAR"),
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a long line where it is no more than 75 octets, never inside a letter."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > FOLD:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
