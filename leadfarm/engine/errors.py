"""The one kind of error that a person at a terminal or a page is meant to read."""


class LeadfarmError(Exception):
    """Something that a person can put right: what is wrong, and what to do about it."""

    def __init__(self, message: str, what_to_do: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.what_to_do = what_to_do

    def __str__(self) -> str:
        return f"{self.message} {self.what_to_do}".strip()
