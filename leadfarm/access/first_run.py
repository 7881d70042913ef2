"""The one-time link of `leadfarm init`, by which a company opens its workspace."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.core import signing

LASTS = timedelta(days=1)
SALT = "leadfarm.first-run"


def make_key(now: datetime) -> str:
    """Return the signed part of the link; it opens one workspace, within a day."""
    return signing.dumps({"n": token_urlsafe(12), "at": int(now.timestamp())}, salt=SALT)


def is_valid(key: str, now: datetime) -> bool:
    """Return whether we made this key, and not longer than a day ago.

    Whether it was used is known by the workspace that was opened with it.
    """
    try:
        made = datetime.fromtimestamp(signing.loads(key, salt=SALT)["at"], now.tzinfo)
    except (signing.BadSignature, KeyError, TypeError):
        return False
    return made <= now <= made + LASTS
