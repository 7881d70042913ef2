"""The tags and filters of every template: `{% load ui %}`.

`{% ui "stage" label="Nurturing" done=28 %}` draws templates/ui/stage.html with these variables and
nothing else; `{% part "dialog" title="..." %} ... {% endpart %}` does so around a body.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from leadfarm.ui import words
from leadfarm.ui.toasts import undo_address

register = template.Library()

# What depends on its variables alone and stands in every row of a list or on every page: each is
# drawn once and kept. Tried: 250 marks of a page of 50 leads cost 104 ms drawn, 1 ms kept.
MARKS = frozenset({"count", "due", "evidence", "face", "fit", "heat", "says", "stage", "tag"})
FRAME = frozenset({"assets", "navigation", "shortcuts", "ways"})
KEPT = MARKS | FRAME | {
    *("ask", "bell", "button", "chapter", "chip", "choice", "empty", "known", "search", "sort"),
    "tab",
}  # fmt: skip
# Variables of these types say all by themselves. A row of a model is found by its key, whatever it
# holds by now; a list may change. A tuple is of what the program says, as links of the bar: inside
# one, what is safe and what is to be escaped would not be told apart.
PLAIN = frozenset({str, SafeString, int, bool, float, type(None), tuple})
PASSED_ON = ("request", "csrf_token", "now", "user", "shell", "workspace")


class NowIsMissingError(LookupError):
    """A page shows a time but was not told the present one; put `now` into its context."""


def _now(context: Context) -> datetime:
    now = context.get("now") or getattr(context.get("request"), "now", None)
    if not isinstance(now, datetime):
        raise NowIsMissingError(NowIsMissingError.__doc__)
    return timezone.localtime(now)


def _render(context: Context, component: str, variables: dict[str, Any]) -> SafeString:
    if _is_kept(component, variables):
        return mark(component, **variables)
    engine = context.template.engine if context.template else template.Engine.get_default()
    own = {key: context[key] for key in PASSED_ON if key in context}
    drawn = engine.get_template(f"ui/{component}.html")
    return drawn.render(context.new({**own, **_given(variables)}))


def _is_kept(component: str, variables: dict[str, Any]) -> bool:
    return (
        component in KEPT and not settings.DEBUG and PLAIN.issuperset(map(type, variables.values()))
    )


def _given(variables: dict[str, Any]) -> dict[str, Any]:
    # A key that is missing arrives as "": leave it out, so that templates see it as not there.
    return {key: value for key, value in variables.items() if value is not None and value != ""}


@lru_cache(maxsize=8192, typed=True)
def mark(component: str, **variables: Any) -> SafeString:
    """Return a component whose looks depend on nothing but its (hashable) variables."""
    drawn = template.Engine.get_default().get_template(f"ui/{component}.html")
    return drawn.render(Context(_given(variables)))


@register.simple_tag(takes_context=True)
def ui(context: Context, component: str, **variables: Any) -> SafeString:
    """Return the component templates/ui/<name>.html drawn with these variables only."""
    return _render(context, component, variables)


@register.simple_block_tag(takes_context=True)
def part(context: Context, content: SafeString, component: str, **variables: Any) -> SafeString:
    """Return the component drawn around what stands between the tags, there named `body`."""
    return _render(context, component, {**variables, "body": content})


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, kind: str = "") -> SafeString:
    """Return a sign of the sprite, hidden from screen readers: the word beside it speaks."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 16 16" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {kind}" if kind else "",
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any = "") -> SafeString:
    """Return an <option> for each value and label; the one with the chosen value is selected."""
    chosen = str(chosen)
    drawn = ((key, " selected" if str(key) == chosen else "", label) for key, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', drawn)


@register.simple_tag(takes_context=True)
def when(context: Context, at: datetime | date | None) -> SafeString | str:
    """Return an instant or a day as people say it today, machine-readable inside."""
    if at is None:
        return ""
    now = _now(context)
    if not isinstance(at, datetime):
        return said_day(at, now.date())
    local = timezone.localtime(at)
    text = f"{words.day(local.date(), now.date())}, {words.clock(local)}"
    return _time(local.isoformat(), text, "")


@lru_cache(maxsize=1024)
def said_day(at: date, today: date) -> SafeString:
    """Return a day as people say it on `today`, machine-readable inside."""
    return _time(at.isoformat(), words.day(at, today), "")


@register.simple_tag(takes_context=True)
def ago(context: Context, at: datetime | None) -> SafeString | str:
    """Return how far an instant lies from now; the instant itself is the tooltip."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return _time(local.isoformat(), words.ago(at, _now(context)), f"{local:%d %b %Y, %H:%M}")


def _time(machine: str, text: str, title: str) -> SafeString:
    hint = format_html(' title="{}"', title) if title else ""
    return format_html('<time datetime="{}"{}>{}</time>', machine, hint, text)


@register.simple_tag
def interval(low: float | None, high: float | None, unit: str = "", digits: int = 0) -> str:
    """Return "67 to 75"; shares (unit "%") are given from 0 to 1. Empty when there is none."""
    if low is None or high is None:
        return ""
    factor = 100 if unit == "%" else 1
    ends = [words.number(end * factor, digits) for end in (low, high)]
    return " to ".join(ends) + (f"{words.NARROW}{unit}" if unit else "")


@register.filter
def initials(name: str) -> str:
    """Return the letters for a face."""
    return words.initials(str(name))


@register.filter
def count(value: int | str | None, cap: int = 0) -> str:
    """Return the count with thousands parted; "1,000+" where counting stopped at `cap`."""
    return "" if value is None or value == "" else words.count(int(value), cap)


@register.filter
def percent(share: float | Decimal | None, digits: int = 0) -> str:
    """Return a share from 0 to 1 as per cent; empty when unknown."""
    return "" if share is None else words.percent(share, digits)


@register.filter
def money(amount: float | Decimal | None, currency: str = "EUR") -> str:
    """Return a sum in whole units of its currency; empty when unknown."""
    return "" if amount is None else words.money(amount, currency)


@register.filter
def undo(extra_tags: str | None) -> str:
    """Return the undo address a message carries, or an empty string."""
    return undo_address(extra_tags or "")


@register.filter
def listed(words_or_list: Any) -> list[Any]:
    """Return a list as it is, and a string as the list of its words."""
    return words_or_list.split() if isinstance(words_or_list, str) else list(words_or_list)


@register.filter
def digits(value: int | None) -> str:
    """Return a number as attributes want it: no thousands sign, whatever the language."""
    return "" if value is None else f"{value:d}"


@register.filter
def cells(total: int, known: int) -> list[tuple[int, str]]:
    """Return, for ui/known.html, the left edge of each cell and whether it is filled."""
    return [(13 * index, "full" if index < known else "none") for index in range(total)]
