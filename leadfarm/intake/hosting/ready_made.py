"""Forms to begin with: each asks what its purpose needs and no more."""

from dataclasses import dataclass, replace

from leadfarm.intake.hosting.design import PALETTE, Answer, Asked, Design, Question, asking
from leadfarm.rules.codes import FindingSection, TouchKind
from leadfarm.rules.consent import Purpose

WORDING = (
    "Yes, write to me about news and events. I can take this back at any time, by a link in"
    " every mail."
)
WHEN = Question(
    key="q_when_do_you_want_to_decide",
    answer=Answer.CHOICE,
    label="When do you want to decide?",
    asked=Asked.IN_TURN,
    choices=("In the next three months", "This year", "Later", "Just looking"),
    section=FindingSection.TIMELINE,
)


@dataclass(frozen=True)
class ReadyMade:
    """A form to begin with: what it is for, what it means, what it looks like."""

    name: str
    about: str
    kind: TouchKind
    design: Design


def _later(key: str) -> Question:
    own = PALETTE[key]
    return Question(own.key, own.answer, own.label, asked=Asked.IN_TURN)


CONTACT = asking(
    ["given_name", "family_name", "company", "phone", "need", "message"],
    headline="Let's talk",
    intro="Tell us what you want to solve. Somebody who knows the subject calls you.",
    button="Ask for a call",
)
PAPER = asking(
    ["given_name", "family_name", "company"],
    headline="Get the white paper",
    intro="Twelve pages, no filler: what others did, what it cost, what they would do otherwise.",
    points=("Three companies with figures", "A checklist for your own case", "Free, by mail"),
    button="Send me the paper",
    purpose=Purpose.NEWSLETTER,
    wording=WORDING,
    remembers=True,
)
LETTER = asking(
    ["given_name"],
    headline="News worth reading, once a month",
    intro="What changed in our field, in five minutes. You leave with one click.",
    button="Sign me up",
    purpose=Purpose.NEWSLETTER,
    wording=WORDING,
)
EVENT = asking(
    ["given_name", "family_name", "company", "job_title"],
    headline="Join the webinar",
    intro="Forty minutes and your questions.",
    button="Save my seat",
    purpose=Purpose.EVENTS,
    wording="Yes, invite me to further events. I can take this back at any time.",
)
READY_MADE: dict[str, ReadyMade] = {
    "contact": ReadyMade(
        "Contact us",
        "A raised hand: sales is to call at once, in business hours.",
        TouchKind.CONTACT_US,
        CONTACT,
    ),
    "paper": ReadyMade(
        "White paper",
        "A file in return for an address; asks a little more on each visit.",
        TouchKind.DOWNLOAD,
        replace(PAPER, questions=(*PAPER.questions, _later("job_title"), _later("phone"), WHEN)),
    ),
    "newsletter": ReadyMade(
        "Newsletter",
        "An address, confirmed by mail before anything is sent.",
        TouchKind.NEWSLETTER,
        LETTER,
    ),
    "event": ReadyMade(
        "Event", "A seat at a webinar or a stand.", TouchKind.EVENT_REGISTERED, EVENT
    ),
    "blank": ReadyMade("Form", "Only the address; build the rest.", TouchKind.FORM, asking([])),
}
