"""Small pieces with a tail under control: files, functions, templates and style sheets."""

import ast
import re
from pathlib import Path

import pytest

ROOM = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path
    for folder in ("leadfarm", "tests", "scripts")
    for path in (ROOM / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOM / "leadfarm").rglob("templates/**/*.html"))
STYLES = sorted((ROOM / "leadfarm").rglob("*.css"))
# What is larger, and why: path, or path:function.
EXCUSED: dict[str, str] = {}


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def name(path: Path) -> str:
    return path.relative_to(ROOM).as_posix()


def too_long(paths: list[Path], limit: int) -> dict[str, int]:
    found = {name(path): lines(path) for path in paths if lines(path) > limit}
    return {path: count for path, count in found.items() if path not in EXCUSED}


def body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of signature and body, without decorators and docstring."""
    assert function.end_lineno is not None
    length = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        length -= first.end_lineno - first.lineno + 1
    return length


def test_a_python_file_has_at_most_300_lines() -> None:
    assert too_long(SOURCES, 300) == {}


def test_a_template_has_at_most_80_lines() -> None:
    assert too_long(TEMPLATES, 80) == {}


def test_a_style_sheet_has_at_most_150_lines() -> None:
    assert too_long(STYLES, 150) == {}


def test_a_function_has_at_most_25_lines() -> None:
    found = {}
    for path in SOURCES:
        if "tests" in path.relative_to(ROOM).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body(node) > 25:
                found[f"{name(path)}:{node.name}"] = body(node)
    assert {key: count for key, count in found.items() if key not in EXCUSED} == {}


def test_every_excuse_is_still_needed() -> None:
    for key in EXCUSED:
        path, _, function = key.partition(":")
        assert (ROOM / path).exists(), key
        assert not function or f"def {function}(" in (ROOM / path).read_text(), key


def test_what_is_left_to_do_stands_in_an_issue() -> None:
    loose = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))")
    here = Path(__file__).resolve()
    found = [name(p) for p in SOURCES if p != here and loose.search(p.read_text())]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOM / lock).read_text()
    assert "--hash=sha256:" in text
    assert not re.search(r"https?://|file://|--index-url|--find-links|--extra-index", text)


def test_templates_have_no_inline_style_or_script() -> None:
    inline = re.compile(r"""\sstyle=["']|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=["']""")
    data = re.compile(r"<script[^>]*type=[\"']application/json[\"'][^>]*>")
    found = [name(p) for p in TEMPLATES if inline.search(data.sub("", p.read_text()))]
    assert found == []
