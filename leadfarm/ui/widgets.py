"""What is typed into and picked from, drawn in Python: the same signs as Django's own templates.

A lead page holds seven forms. Drawn by templates within templates, one for the attributes of every
option, their fields took half of the time of the page.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Drawn = Callable[[Mapping[str, Any]], str]


def drawn(template: str, widget: Mapping[str, Any]) -> SafeString | None:
    """Return the widget drawn, or None where its template is none of those known here."""
    draw = WIDGETS.get(template)
    return SafeString(draw(widget)) if draw else None


def _attributes(attrs: Mapping[str, Any]) -> str:
    """Return the attributes with a blank before each; True stands by its name, False not at all."""
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{_written(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _written(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


def _input(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{_written(value)}"'
    kind, name = _written(widget["type"]), _written(widget["name"])
    return f'<input type="{kind}" name="{name}"{said}{_attributes(widget["attrs"])}>'


def _textarea(widget: Mapping[str, Any]) -> str:
    said = _written(widget["value"]) if widget["value"] else ""
    name = _written(widget["name"])
    return f'<textarea name="{name}"{_attributes(widget["attrs"])}>\n{said}</textarea>'


def _select(widget: Mapping[str, Any]) -> str:
    groups = "".join(
        f'<optgroup label="{_written(name)}">{_options(some)}</optgroup>'
        if name
        else _options(some)
        for name, some, _place in widget["optgroups"]
    )
    name = _written(widget["name"])
    return f'<select name="{name}"{_attributes(widget["attrs"])}>{groups}</select>'


def _options(options: list[Mapping[str, Any]]) -> str:
    return "".join(
        f'<option value="{_written(one["value"])}"{_attributes(one["attrs"])}>'
        f"{_written(one['label'])}</option>"
        for one in options
    )


PLACE = "django/forms/widgets/"
WIDGETS: dict[str, Drawn] = {
    **{
        f"{PLACE}{kind}.html": _input
        for kind in (
            "text",
            "number",
            "email",
            "url",
            "tel",
            "search",
            "date",
            "hidden",
            "checkbox",
        )
    },
    f"{PLACE}textarea.html": _textarea,
    f"{PLACE}select.html": _select,
}
