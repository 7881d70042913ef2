"""What may become of one mail."""

from dataclasses import dataclass
from enum import Enum


class Fate(Enum):
    """What happened to one mail, as far as it is known."""

    ACCEPTED = "accepted"
    LATER = "the other side asks to try again later"
    REFUSED = "refused"
    DEAD_ADDRESS = "refused: the address does not exist"
    BROKEN = "it could not be put into words"
    UNKNOWN = "handed over, but no answer came"
    CUT_OFF = "the server broke off before it had the whole mail"
    NOT_HANDED_OVER = "the server could not be reached, or refused us"


@dataclass(frozen=True)
class Outcome:
    """The fate of one mail and the server's words."""

    fate: Fate
    code: int = 0
    reply: str = ""
