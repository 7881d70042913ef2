"""The kinds of touch: what may happen between a contact and us, and what each counts for."""

from __future__ import annotations

from enum import Flag, auto
from functools import cached_property

from leadfarm.rules.coded import Code


class Direction(Code):
    """Who started it."""

    IN = 1, "From the prospect"
    OUT = 2, "From us"
    INTERNAL = 3, "Inside"


class Trait(Flag):
    """What a kind of touch counts for, besides its heat."""

    NONE = 0
    INQUIRY = auto()  # the contact asked to be met: greeted, joins or opens a lead
    HAND_RAISE = auto()  # asked for sales by name: fast track, never held back (S3-19, law 6)
    TWO_WAY = auto()  # both sides spoke (S2-12); calls count by their disposition
    BY_HAND = auto()  # a person did it, on either side; shown differently from machine touches
    JUDGED = auto()  # counts only after a tick has judged it human (law 8)


_IN, _OUT, _INSIDE = Direction.IN, Direction.OUT, Direction.INTERNAL
_HAND, _INQUIRY, _JUDGED = Trait.BY_HAND, Trait.INQUIRY | Trait.BY_HAND, Trait.JUDGED
_TALK = Trait.TWO_WAY | Trait.BY_HAND


class TouchKind(Code):
    """One row: number, label, direction, default heat points, traits."""

    FORM = 1, "Form", _IN, 10, _INQUIRY
    CONTACT_US = 2, "Contact us", _IN, 40, _INQUIRY | Trait.HAND_RAISE
    DOWNLOAD = 3, "Download", _IN, 8, _INQUIRY
    PAGE_VISIT = 4, "Web visit", _IN, 1, _JUDGED
    NEWSLETTER = 5, "Newsletter sign-up", _IN, 3, _INQUIRY
    WEBINAR_REGISTERED = 6, "Webinar, registered", _IN, 8, _INQUIRY
    WEBINAR_ATTENDED = 7, "Webinar, attended", _IN, 15, _INQUIRY
    WEBINAR_NO_SHOW = 8, "Webinar, no-show", _INSIDE, 0, Trait.NONE
    EVENT = 9, "Met at an event", _IN, 15, _INQUIRY
    CHAT = 10, "Chat", _IN, 15, _INQUIRY | Trait.TWO_WAY
    MAIL_IN = 11, "Mail received", _IN, 20, _INQUIRY | Trait.TWO_WAY
    MAIL_REPLIED = 12, "Mail answered", _IN, 20, _TALK
    AUTO_REPLY = 13, "Automatic reply", _IN, 0, Trait.NONE
    MAIL_CLICKED = 14, "Link clicked", _IN, 4, _JUDGED
    CALL_IN = 15, "Call received", _IN, 25, _INQUIRY | Trait.HAND_RAISE | Trait.TWO_WAY
    UNSUBSCRIBED = 16, "Unsubscribed", _IN, 0, _HAND
    COMPLAINT = 17, "Complaint", _IN, 0, _HAND
    PREFERENCES = 18, "Preferences changed", _IN, 0, _HAND
    CONFIRMED = 19, "Sign-up confirmed", _IN, 2, _HAND
    ORDER = 20, "Order", _IN, 20, _HAND
    LIST_ENTRY = 21, "List entry", _INSIDE, 0, Trait.NONE
    EVENT_REGISTERED = 22, "Event, registered", _IN, 8, _INQUIRY
    EVENT_ATTENDED = 23, "Event, attended", _IN, 15, _INQUIRY
    EVENT_NO_SHOW = 24, "Event, no-show", _INSIDE, 0, Trait.NONE
    MAIL_SENT = 41, "Mail sent", _OUT, 0, Trait.NONE
    MAIL_DELIVERED = 42, "Mail delivered", _OUT, 0, Trait.NONE
    MAIL_BOUNCED = 43, "Mail bounced", _INSIDE, 0, Trait.NONE
    MAIL_BY_HAND = 44, "Mail written", _OUT, 0, _HAND
    CALL = 45, "Call", _OUT, 0, _HAND
    MEETING = 46, "Meeting", _OUT, 30, _TALK
    MEETING_NO_SHOW = 47, "Meeting, no-show", _INSIDE, 0, _HAND
    POST = 48, "Letter or gift", _OUT, 0, _HAND
    SOCIAL = 49, "Social message", _OUT, 0, _HAND
    HELD_BACK = 71, "Held back", _INSIDE, 0, Trait.NONE
    BRIEF_OPENED = 72, "Brief opened", _INSIDE, 0, _HAND
    NOTE = 73, "Note", _INSIDE, 0, _HAND
    COMMENT = 74, "Comment", _INSIDE, 0, _HAND

    direction: Direction
    heat: int
    traits: Trait

    @cached_property
    def is_inquiry(self) -> bool:
        """Whether the contact came to us: it joins or opens a lead and is greeted (S1-9)."""
        return Trait.INQUIRY in self.traits

    @property
    def is_hand_raise(self) -> bool:
        """Whether the contact asked to speak with sales (S3-19)."""
        return Trait.HAND_RAISE in self.traits

    @property
    def counts_as_two_way(self) -> bool:
        """Whether both sides spoke; an outbound call counts by its disposition instead."""
        return Trait.TWO_WAY in self.traits

    @property
    def is_by_hand(self) -> bool:
        """Whether a person did it (the other touches were made by a machine)."""
        return Trait.BY_HAND in self.traits

    @property
    def waits_for_judgement(self) -> bool:
        """Whether a machine may have done it in the contact's name, so that it waits (law 8)."""
        return Trait.JUDGED in self.traits

    @property
    def reaches_the_contact(self) -> bool:
        """Whether it takes the contact's attention; of calls, only those that reached someone."""
        return self.direction is Direction.OUT and self is not TouchKind.MAIL_DELIVERED


# What one of our people does to reach a contact: who had none of it is uncontacted (S1-9).
BY_OUR_PEOPLE = (TouchKind.CALL, TouchKind.MAIL_BY_HAND, TouchKind.MEETING)
