"""Cells that a spreadsheet must not run: escaped on export, read back unchanged on import.

Rule after the OWASP page on CSV injection: a cell that begins with = + - @ tab or carriage return
is led by an apostrophe. Plain numbers (-5, +49 30 1234) are left as they are: nothing runs in them.
"""

from __future__ import annotations

import re

_RUNS = re.compile(r"^'*\s*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9][0-9 .,()/-]*%?")


def escape_cell(text: str) -> str:
    """The cell as it may stand in a file for spreadsheets."""
    if _NUMBER.fullmatch(text) or not _RUNS.match(text):
        return text
    return f"'{text}"


def unescape_cell(text: str) -> str:
    """The cell as it was before `escape_cell`; any other text comes back unchanged."""
    if text.startswith("'") and escape_cell(text[1:]) == text:
        return text[1:]
    return text
