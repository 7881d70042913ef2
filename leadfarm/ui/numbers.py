"""Numbers that come with a request, as anybody may have typed them."""

LONGEST = 18  # digits that surely fit the key of a row


def row_id(text: str) -> int | None:
    """Return the id that was asked for; None for what no row can have."""
    fits = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if fits else None
