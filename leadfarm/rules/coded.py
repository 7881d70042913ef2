"""The base of every code list: a number for the database, a label for people, a slug for files."""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property
from typing import Self


class Code(IntEnum):
    """A member is `NAME = number, label`; the number is stored, so it never changes its meaning.

    A list with further details names them as annotations, in the order in which its rows give them.
    """

    label: str

    def __new__(cls, value: int, label: str = "", *details: object) -> Self:
        """Make the member with its details; ValueError when one is missing or too many."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        for name, detail in zip(_detail_names(cls), details, strict=True):
            setattr(member, name, detail)
        return member

    @cached_property
    def slug(self) -> str:
        """The name in URLs, JSON and files: `not-now` for NOT_NOW."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def choices(cls) -> list[tuple[int, str]]:
        """(number, label) pairs in the order of the list, as form and model fields want them."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def slugs(cls) -> list[str]:
        """Every slug of the list, in its order."""
        return [member.slug for member in cls]

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The member people mean by a slug, name or label in any case; None when there is none."""
        wanted = _plain(text)
        for member in cls:
            if wanted in (_plain(member.name), _plain(member.label)):
                return member
        return None


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _detail_names(code_list: type[Code]) -> list[str]:
    return [name for name in code_list.__annotations__ if name != "label"]
