"""The gallery shows every component; no template of the project breaks the content policy."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from django.test.signals import template_rendered
from django.utils.safestring import mark_safe

from leadfarm.ui.templatetags.ui import KEPT, mark

ROOM = Path(__file__).parents[2] / "leadfarm"
COMPONENTS = sorted((ROOM / "ui" / "templates" / "ui").glob("*.html"))
# Frames around a page, not parts of one; the gallery itself stands in base, shell and reading.
FRAMES = {"bare"}
TEMPLATES = sorted(ROOM.glob("**/templates/**/*.html"))

FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>"),
    "an event attribute": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*="),
}


def test_the_gallery_shows_every_component() -> None:
    """DESIGN 11: a component is a template, its style, and an entry in the gallery."""
    drawn: set[str] = set()

    def note(sender: object, template: object, **more: object) -> None:
        drawn.add(str(getattr(template, "name", "")))

    mark.cache_clear()
    template_rendered.connect(note)
    try:
        answer = Client().get("/gallery/")
    finally:
        template_rendered.disconnect(note)
    assert answer.status_code == 200
    missing = {c.stem for c in COMPONENTS} - {Path(name).stem for name in drawn} - FRAMES
    assert not missing, f"Not in the gallery: {sorted(missing)}. Add them to ui/gallery/."


def test_the_gallery_is_closed_unless_the_setting_opens_it(settings: object) -> None:
    settings.LEADFARM_GALLERY = False  # type: ignore[attr-defined]
    assert Client().get("/gallery/").status_code == 404


@pytest.mark.parametrize("template", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_names_its_variables_at_the_top(template: Path) -> None:
    first = template.read_text().splitlines()[0]
    assert first.startswith("{# "), f"{template.name} does not say what it is."
    assert "Variables:" in first or "Blocks:" in first


def test_no_template_needs_inline_style_or_script() -> None:
    """The policy is default-src 'self': whatever is inline would silently not work."""
    faults = [
        f"{path.relative_to(ROOM)}: {what}: {found.group(0)[:80]}"
        for path in TEMPLATES
        if "/mail" not in str(path)
        for what, pattern in FORBIDDEN.items()
        for found in pattern.finditer(path.read_text())
    ]
    assert not faults, "\n".join(faults)


def test_the_patterns_find_what_they_forbid() -> None:
    bad = '<p style="x"></p><style></style><script>1</script><a onclick="x">'
    assert all(pattern.search(bad) for pattern in FORBIDDEN.values())


def test_every_icon_used_is_in_the_sprite() -> None:
    sprite = (ROOM / "ui" / "static" / "ui" / "icons.svg").read_text()
    known = set(re.findall(r'symbol id="([a-z]+)"', sprite))
    used = {
        name for path in TEMPLATES for name in re.findall(r'{% icon "([a-z]+)"', path.read_text())
    }
    assert used <= known, f"Not drawn yet: {sorted(used - known)}"


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_an_error_page_needs_no_request(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert "!" not in re.sub(r"<[^>]*>", "", page)


@pytest.mark.parametrize("name", sorted(KEPT))
def test_what_is_kept_reads_nothing_but_its_variables(name: str) -> None:
    """What is kept between requests must not depend on who asks or when."""
    text = (ROOM / "ui" / "templates" / "ui" / f"{name}.html").read_text()
    assert not re.search(r"request|csrf|\bnow\b|user|{% when|{% ago|workspace|shell", text)
    within = re.findall(r'{% (?:ui|part) "(\w+)"', text)
    assert set(within) <= KEPT, "It draws one that is not kept."
    assert "{% include" not in text


def test_what_may_change_is_drawn_anew() -> None:
    """A list, or a row of a model that is found by its key, may say something else next time."""
    page = Template('{% load ui %}{% ui "chip" label=label %}')
    label = ["first"]
    assert "first" in page.render(Context({"label": label}))
    label[0] = "second"
    assert "second" in page.render(Context({"label": label}))


def test_equal_values_of_other_types_are_kept_apart() -> None:
    assert "<b>" in mark("tag", label=mark_safe("<b>x</b>"))
    assert "<b>" not in mark("tag", label="<b>x</b>")
