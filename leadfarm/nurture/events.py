"""What a "wait for" can wait for: names people choose, and the touches behind them."""

from dataclasses import dataclass

from leadfarm.rules.codes import Direction, TouchKind


@dataclass(frozen=True)
class Event:
    """One thing that can happen: what people read, and the kinds of touch that count."""

    label: str
    kinds: tuple[TouchKind, ...]


_REPLY = (TouchKind.MAIL_REPLIED, TouchKind.MAIL_IN)
_ASKED = tuple(kind for kind in TouchKind if kind.is_inquiry)
_ANY = tuple(
    kind
    for kind in TouchKind
    if kind.direction is Direction.IN
    and kind
    not in (TouchKind.AUTO_REPLY, TouchKind.UNSUBSCRIBED, TouchKind.COMPLAINT, TouchKind.PAGE_VISIT)
)

EVENTS: dict[str, Event] = {
    "reply": Event("They answer", _REPLY),
    "click": Event("They click a link", (TouchKind.MAIL_CLICKED,)),
    "reply-or-click": Event("They answer or click", (*_REPLY, TouchKind.MAIL_CLICKED)),
    "inquiry": Event("They inquire again", _ASKED),
    "visit": Event("They visit the website", (TouchKind.PAGE_VISIT,)),
    "webinar": Event("They attend a webinar", (TouchKind.WEBINAR_ATTENDED,)),
    "event": Event("They come to an event", (TouchKind.EVENT_ATTENDED, TouchKind.EVENT)),
    "anything": Event("Anything comes from them", _ANY),
}


def listens(event: object) -> list[int]:
    """Return the numbers of the touches an event name stands for; none for an unknown name."""
    found = EVENTS.get(str(event))
    return [int(kind) for kind in found.kinds] if found else []
