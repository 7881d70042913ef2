"""The kinds of event of our record: each kind of touch, some together, each disposition."""

from __future__ import annotations

from leadfarm.rules.clauses.catalogue import EventKind, Pattern
from leadfarm.rules.codes import Disposition, TouchKind

# What the contact (or we) did, and did not; the kinds left out are book-keeping.
_SAID: dict[TouchKind, tuple[str, str]] = {
    TouchKind.FORM: ("filled in a form", "did not fill in a form"),
    TouchKind.CONTACT_US: ("asked to be contacted", "did not ask to be contacted"),
    TouchKind.DOWNLOAD: ("downloaded something", "did not download anything"),
    TouchKind.PAGE_VISIT: ("visited our website", "did not visit our website"),
    TouchKind.NEWSLETTER: ("signed up for the newsletter", "did not sign up for the newsletter"),
    TouchKind.WEBINAR_REGISTERED: (
        "registered for a webinar",
        "did not register for a webinar",
    ),
    TouchKind.WEBINAR_ATTENDED: ("attended a webinar", "did not attend a webinar"),
    TouchKind.WEBINAR_NO_SHOW: ("missed a webinar", "did not miss a webinar"),
    TouchKind.EVENT: ("met us at an event", "did not meet us at an event"),
    TouchKind.EVENT_REGISTERED: ("registered for an event", "did not register for an event"),
    TouchKind.EVENT_ATTENDED: ("came to an event", "did not come to an event"),
    TouchKind.EVENT_NO_SHOW: ("missed an event", "did not miss an event"),
    TouchKind.CHAT: ("chatted with us", "did not chat with us"),
    TouchKind.MAIL_IN: ("wrote a mail", "did not write a mail"),
    TouchKind.MAIL_REPLIED: ("answered a mail", "did not answer a mail"),
    TouchKind.MAIL_CLICKED: ("clicked a link", "did not click a link"),
    TouchKind.CALL_IN: ("called us", "did not call us"),
    TouchKind.UNSUBSCRIBED: ("unsubscribed", "did not unsubscribe"),
    TouchKind.COMPLAINT: ("complained", "did not complain"),
    TouchKind.CONFIRMED: ("confirmed the sign-up", "did not confirm the sign-up"),
    TouchKind.ORDER: ("ordered", "did not order"),
    TouchKind.MAIL_SENT: ("was sent a mail", "was not sent a mail"),
    TouchKind.MAIL_BOUNCED: ("had a mail bounce", "had no mail bounce"),
    TouchKind.MAIL_BY_HAND: ("was written to by hand", "was not written to by hand"),
    TouchKind.CALL: ("was called", "was not called"),
    TouchKind.MEETING: ("met us", "did not meet us"),
    TouchKind.MEETING_NO_SHOW: ("missed a meeting", "did not miss a meeting"),
    TouchKind.POST: ("was sent a letter or gift", "was not sent a letter or gift"),
    TouchKind.SOCIAL: ("was sent a social message", "was not sent a social message"),
}
_CONNECTED = tuple(each for each in Disposition if each.connected)
_TWO_WAY = tuple(kind for kind in TouchKind if kind.counts_as_two_way)
_INQUIRIES = tuple(kind for kind in TouchKind if kind.is_inquiry)
_HAND_RAISES = tuple(kind for kind in TouchKind if kind.is_hand_raise)
_CALLS = (TouchKind.CALL, TouchKind.CALL_IN, TouchKind.MEETING)


def _of_touch(kind: TouchKind) -> EventKind:
    did, did_not = _SAID[kind]
    return EventKind(kind.slug, kind.label, did, did_not, (Pattern((kind,)),))


def _of_disposition(disposition: Disposition) -> EventKind:
    label = f"A call came to: {disposition.label}"
    said = f"call that came to “{disposition.label}”"
    pattern = Pattern(_CALLS, dispositions=(disposition,))
    name = f"disposition-{disposition.slug}"
    return EventKind(name, label, f"had a {said}", f"had no {said}", (pattern,))


TWO_WAY_TALK = EventKind(
    "two-way-talk",
    "Two-way talk",
    "had a two-way talk with us",
    "had no two-way talk with us",
    (Pattern(_TWO_WAY), Pattern((TouchKind.CALL,), dispositions=_CONNECTED)),
)
INQUIRED = EventKind("inquiry", "Inquiry", "inquired", "did not inquire", (Pattern(_INQUIRIES),))
RAISED_A_HAND = EventKind(
    "hand-raise", "Hand-raise", "asked for sales", "did not ask for sales", (Pattern(_HAND_RAISES),)
)
# Law 4: one of us has spoken with them and found them open to it; nothing less makes a lead
# Sales-ready. The database asks for the same (qualification/sql/laws.sql).
QUALIFYING_TALK = EventKind(
    "qualifying-talk",
    "Qualifying talk",
    "was found open to it in a talk with one of us",
    "was not found open to it in a talk with one of us",
    (
        Pattern((TouchKind.MEETING,)),
        Pattern(
            (TouchKind.CALL, TouchKind.CALL_IN),
            dispositions=(
                Disposition.HELP_NOW,
                Disposition.NOT_NOW,
                Disposition.CALLBACK,
                Disposition.MEETING_BOOKED,
            ),
        ),
    ),
)
LEAD_EVENTS = (
    TWO_WAY_TALK,
    QUALIFYING_TALK,
    INQUIRED,
    RAISED_A_HAND,
    *(_of_touch(kind) for kind in _SAID),
    *(_of_disposition(disposition) for disposition in Disposition),
)
