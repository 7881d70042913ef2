"""Where this installation is reached from outside."""

import os

from django.conf import settings


def public_address() -> str:
    """Return the address that stands in mails and snippets, without a slash at its end."""
    return str(settings.PUBLIC_URL) or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
