"""Liquid for templates that users write: bounded in size, loops, output and work."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TextIO

from liquid import BoundTemplate, Environment, RenderContext
from liquid.builtin.tags.for_tag import ForNode, ForTag
from liquid.exceptions import LiquidError, ResourceLimitError

from leadfarm.outreach.rendering.faults import Fault, TemplateFault
from leadfarm.outreach.rendering.filters import capped, new_budget

LONGEST_SOURCE = 250_000
MOST_TAGS = 2_000
# Tags that mean something by themselves.
ALONE = re.compile(r"\{\{.*?\}\}|\{%-?\s*(?:assign|echo)\b.*?%\}", re.S)
REFUSED_TAGS = ("include", "render", "tablerow", "liquid")


class _BlamedFor(ForNode):
    """A loop that puts its own line on the limit it ran into."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        try:
            return super().render_to_output(context, buffer)
        except ResourceLimitError as error:
            error.token = error.token or self.token
            raise


class _For(ForTag):
    node_class = _BlamedFor


class _Sandbox(Environment):
    """No file, no include, and an end to everything. Loops: 500 rounds, nested ones multiplied.

    With at most 2,000 tags that is a million steps, about a second, in the worst case.
    """

    loop_iteration_limit = 500
    output_stream_limit = 500_000
    local_namespace_limit = 200_000
    context_depth_limit = 10
    block_nesting_limit = 30

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        self.filters = capped(self.filters)
        for name in REFUSED_TAGS:
            self.tags.pop(name, None)
        self.add_tag(_For)


@cache
def _environment(html: bool) -> _Sandbox:
    return _Sandbox(autoescape=html)


def parse(source: str, *, where: str, html: bool) -> BoundTemplate:
    """Return the template ready to render; `html` escapes values. Raise TemplateFault."""
    if len(source) > LONGEST_SOURCE:
        raise TemplateFault(Fault(where, f"longer than {LONGEST_SOURCE:,} characters. Shorten it."))
    if source.count("{%") + source.count("{{") > MOST_TAGS:
        raise TemplateFault(Fault(where, f"more than {MOST_TAGS:,} Liquid tags. Use fewer."))
    try:
        return _environment(html).from_string(source)
    except LiquidError as error:
        fault = _fault(error, where)
        line = fault.line or _first_broken(source, html)
        raise TemplateFault(Fault(where, fault.what, line)) from None
    except RecursionError:
        raise TemplateFault(Fault(where, "nested too deeply. Use fewer levels.")) from None


def render(template: BoundTemplate, facts: Mapping[str, Any], *, where: str) -> str:
    """Return the text for these facts; raise TemplateFault where a limit or an error stops it."""
    new_budget()
    try:
        return template.render(facts)
    except LiquidError as error:
        raise TemplateFault(_fault(error, where)) from None
    except (RecursionError, OverflowError, MemoryError, ValueError) as error:
        raise TemplateFault(Fault(where, f"cannot be rendered: {error}")) from None


def names_in(template: BoundTemplate, source: str) -> dict[str, int]:
    """Return the names a template reads from outside ("contact.name") with their first line."""
    found: dict[str, int] = {}
    for uses in template.analyze().globals.values():
        for use in uses:
            name = ".".join(str(part) for part in use.segments)
            found.setdefault(name, source[: use.span.index].count("\n") + 1)
    return found


def bare_names(template: BoundTemplate, source: str) -> list[str]:
    """Return the names whose place stays empty where nothing is known, in order.

    A name with a `default`, or one that a tag asks about ({% if dossier.budget %}), is cared for.
    """
    bare: dict[str, bool] = {}
    for uses in template.analyze().globals.values():
        for use in uses:
            name = ".".join(str(part) for part in use.segments)
            tag = _tag_around(source, use.span.index)
            bare[name] = bare.get(name, True) and tag.startswith("{{") and "default" not in tag
    return [name for name, is_bare in bare.items() if is_bare]


def _tag_around(source: str, index: int) -> str:
    begin = max(source.rfind("{{", 0, index), source.rfind("{%", 0, index))
    ends = [end for end in (source.find("}}", index), source.find("%}", index)) if end >= 0]
    return source[max(begin, 0) : min(ends, default=len(source))]


def _first_broken(source: str, html: bool) -> int | None:
    """Return the line of the first tag that cannot be read alone, where the engine names none."""
    for piece in ALONE.finditer(source):
        try:
            _environment(html).from_string(piece.group())
        except LiquidError:
            return source[: piece.start()].count("\n") + 1
    return None


def _fault(error: LiquidError, where: str) -> Fault:
    context = error.context() if error.token is not None else None
    what = str(error.message if hasattr(error, "message") else error).rstrip(".")
    if isinstance(error, ResourceLimitError):
        what = f"it would not end: {what}"
    return Fault(where, f"{what}.", context[0] if context else None)
