"""Numbers of a request."""

import pytest

from leadfarm.ui.numbers import row_id


@pytest.mark.parametrize("text", ["", "-1", "²", "٣", "1.5", "1e3", "9" * 19, "9" * 5_000, "\x00"])
def test_what_no_row_can_have_is_none(text: str) -> None:
    assert row_id(text) is None


def test_an_id_is_read() -> None:
    assert row_id("42") == 42
