"""What a mail to a colleague says: one line for each thing, with the way there."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, tzinfo
from html import escape
from zoneinfo import ZoneInfo

from django.urls import reverse

from leadfarm.access.models import Notification, Workspace
from leadfarm.access.notices import Told, in_words
from leadfarm.outreach.rendering import Rendered

Line = tuple[Told, str]  # with its detail, in the reader's own time


def worded(workspace_id: int, messages: Collection[int], base: str) -> dict[int, Rendered]:
    """Return by its number what each of these mails says; one without anything left is missing."""
    if not messages:
        return {}
    rows = Notification.objects.of(workspace_id).filter(message_id__in=messages)
    told = list(rows.select_related("member").order_by("-id"))
    if not told:
        return {}
    workspace = Workspace.objects.get(id=workspace_id)
    words = in_words(workspace, told)
    lines: dict[int, list[Line]] = defaultdict(list)
    for row in told:
        zone = ZoneInfo(row.member.time_zone or workspace.time_zone)
        one = words[row.id]
        lines[row.message_id or 0].append((one, _detail(one, zone)))
    return {message: _mail(workspace, some, base) for message, some in lines.items()}


def _detail(told: Told, zone: tzinfo) -> str:
    at: datetime | None = told.at
    when = f"{at.astimezone(zone):%A %-d %B, %H:%M}" if at else ""
    return " ".join(filter(None, (told.detail, when)))


def _mail(workspace: Workspace, lines: list[Line], base: str) -> Rendered:
    first = lines[0][0].title
    subject = first if len(lines) == 1 else f"{first}, and {len(lines) - 1} more"
    place = {"workspace": workspace.slug}
    inbox = base + reverse("access:inbox", kwargs=place)
    choice = base + reverse("access:notifying", kwargs=place)
    text = "\n\n".join(_as_text(told, detail, base) for told, detail in lines)
    html = "".join(_as_html(told, detail, base) for told, detail in lines)
    return Rendered(
        subject[:200],
        f"<ul>{html}</ul><p>{_link(inbox, 'All notifications')} of {escape(workspace.name)}. "
        f"{_link(choice, 'Choose what is mailed to you')}.</p>",
        f"{text}\n\n--\n{workspace.name}: {inbox}\nChoose what is mailed to you: {choice}\n",
    )


def _as_text(told: Told, detail: str, base: str) -> str:
    return "\n".join(_without_blanks((told.title, detail, base + told.href if told.href else "")))


def _as_html(told: Told, detail: str, base: str) -> str:
    title = _link(base + told.href, told.title) if told.href else escape(told.title)
    return f"<li>{'<br>'.join(_without_blanks((title, escape(detail))))}</li>"


def _without_blanks(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line]


def _link(href: str, words: str) -> str:
    return f'<a href="{escape(href)}">{escape(words)}</a>'
