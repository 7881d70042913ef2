"""What was sealed with an earlier key of the installation is read while that key is named."""

import pytest
from pytest_django import Settings

from leadfarm.engine import sealing
from leadfarm.engine.errors import LeadfarmError


def test_a_rotated_key_still_opens_what_it_sealed(settings: Settings) -> None:
    """The address key of a workspace survives a change of LEADFARM_SECRET_KEY (decision 0061)."""
    try:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old" * 20, []
        sealing._box.cache_clear()
        sealed = sealing.seal("the key of a workspace")
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, ["old" * 20]
        sealing._box.cache_clear()
        assert sealing.unseal(sealed) == "the key of a workspace"
        settings.SECRET_KEY_FALLBACKS = []
        sealing._box.cache_clear()
        with pytest.raises(LeadfarmError, match="another secret key"):
            sealing.unseal(sealed)
    finally:
        sealing._box.cache_clear()
