"""The web addresses that stand in mails."""

from leadfarm.engine.web import public_address
from leadfarm.outreach.tokens import Token, sign


def base() -> str:
    """Return where this installation is reached from outside, without a slash at its end."""
    return public_address()


def click(workspace_id: int, message_id: int, number: int, at: str) -> str:
    """Return the address that counts a click and leads on."""
    return f"{at}/c/{sign('click', Token(workspace_id, message_id, number))}"


def unsubscribe(workspace_id: int, message_id: int, at: str) -> str:
    """Return the address of the page where a contact refuses mail or chooses what to get."""
    return f"{at}/u/{sign('unsubscribe', Token(workspace_id, message_id))}"


def archive(workspace_id: int, mailing_id: int, at: str) -> str:
    """Return the address where anybody reads a mailing, or with 0 the list of them all."""
    return f"{at}/n/{sign('archive', Token(workspace_id, mailing_id))}"
