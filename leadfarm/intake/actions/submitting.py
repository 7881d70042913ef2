"""What a hosted form says, read as it was seen; what machines sent through it is kept apart."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.consent.actions import Proof
from leadfarm.intake.actions.receiving import Received, hold_back, receive
from leadfarm.intake.arrival import Arrival, Sent, Through
from leadfarm.intake.codes import Door
from leadfarm.intake.doors import Fault, UnreadableError
from leadfarm.intake.hosting.asking import HostedForm
from leadfarm.intake.hosting.design import Answer, Design, Question
from leadfarm.intake.hosting.traps import Trap
from leadfarm.intake.models import Form, FormVersion, OfferFile
from leadfarm.intake.public_queries import design_of
from leadfarm.leads.actions import Fact
from leadfarm.leads.models import Campaign
from leadfarm.rules.codes import Confidence, TouchKind
from leadfarm.rules.consent import Purpose

TO_THE_RECORD = ("given_name", "family_name", "phone", "job_title", "company", "need")
# Where the payload keeps what its sender did not type: no question has a key like this.
BESIDE = "_"


@dataclass(frozen=True)
class Told:
    """A form as it was sent: all of it as it came, and what is known of its sender besides.

    `known_email` is the address of somebody who was recognised and not asked for it.
    """

    payload: Mapping[str, str]
    version: int = 0
    known_email: str = ""
    origin: Mapping[str, str] = field(default_factory=dict)
    ip: str = ""
    key: str = ""

    def arrival(self, form: Form) -> Arrival:
        """Return it as the door of forms takes it, to be read now or when it is replayed."""
        beside = {"version": self.version, "ip": self.ip, "origin": dict(self.origin)}
        kept = {**self.payload, BESIDE: {**beside, "known_email": self.known_email}}
        return Arrival(Door.FORM, json.dumps(kept, ensure_ascii=False), key=self.key, form=form)


def submit(form: Form, told: Told, *, now: datetime) -> Received:
    """Take in what was sent through a form, with the proof of consent as the person saw it."""
    return receive(form.workspace, told.arrival(form), now=now)


def hold(form: Form, told: Told, traps: Sequence[Trap], *, now: datetime) -> None:
    """Keep what looks like a machine's in quarantine, where a person can let it in."""
    reasons = [f"{trap.label}." for trap in traps]
    hold_back(form.workspace, told.arrival(form), reasons, now=now)


def read_form(_workspace: Workspace, arrival: Arrival, _received_at: datetime) -> Sent:
    """Return what a form says; UnreadableError names the fields that cannot be read."""
    form = arrival.form
    if form is None:
        raise UnreadableError("The form it was sent through is no longer there.")
    payload = json.loads(arrival.payload)
    beside = payload.pop(BESIDE, None) or {}
    version, known = int(beside.get("version", 0)), str(beside.get("known_email", ""))
    design = design_of(form, version)
    # What somebody recognised was not asked, they could not answer: nothing is missing.
    asked = HostedForm(design, payload, is_complete=False)
    if not known and not payload.get("email"):
        raise UnreadableError(Fault("email", "Please fill this in."))
    if not asked.is_valid():
        wrong = asked.errors.as_data().items()
        raise UnreadableError(*(Fault(name, each.messages[0]) for name, (each, *_) in wrong))
    return _sent(form, design, asked, version, known, beside)


def _sent(
    form: Form,
    design: Design,
    asked: HostedForm,
    version: int,
    known: str,
    beside: Mapping[str, Any],
) -> Sent:
    answers, origin = asked.answers(), dict(beside.get("origin") or {})
    own = [(one, _words(answers[one.key])) for one in design.questions if one.key in answers]
    own = [(one, words) for one, words in own if not one.is_own]
    record: dict[str, Any] = {name: str(answers.get(name, "")) for name in TO_THE_RECORD}
    agreed = bool(asked.cleaned_data.get("consent") and design.purpose)
    return Sent(
        email=str(answers.get("email") or known),
        kind=_kind(form),
        **record,
        said=_said(str(answers.get("message", "")), own),
        source=form.source,
        campaign=campaign_of(form.workspace, origin) or form.campaign,
        consent=_proof(form, design, version, str(beside.get("ip", ""))) if agreed else None,
        purpose=design.purpose or Purpose.NEWSLETTER,
        facts=tuple(_fact(one, words) for one, words in own if one.section),
        through=Through(form, version, tuple(answers), origin),
    )


def _kind(form: Form) -> TouchKind:
    """Return what it means: who asks for a file has not fetched it yet; that is noted by itself."""
    kind = TouchKind(form.touch_kind)
    if kind is TouchKind.DOWNLOAD:
        offers = OfferFile.objects.of(form.workspace_id).filter(form=form)
        return TouchKind.FORM if offers.exists() else kind
    return kind


def _words(answer: str | bool) -> str:
    return "Yes" if answer is True else str(answer)


def _fact(question: Question, words: str) -> Fact:
    assert question.section is not None
    return Fact(question.section, words, question.key.removeprefix("q_"), Confidence.HIGH)


def _said(message: str, own: Sequence[tuple[Question, str]]) -> str:
    """Return what stays in the contact's own words: the message, and answers that are no fact."""
    words = [message]
    for question, answer in own:
        if question.section is None:
            gap = "\n" if question.answer is Answer.TEXT else " "
            words.append(f"{question.label}{gap}{answer}")
    return "\n\n".join(word for word in words if word)


def campaign_of(workspace: Workspace, origin: Mapping[str, str]) -> Campaign | None:
    """Return the campaign whose code the link carried, in whatever case, or None."""
    code = origin.get("utm_campaign", "").lower()
    return Campaign.objects.of(workspace).filter(code=code).first() if code else None


def _proof(form: Form, design: Design, version: int, ip: str) -> Proof:
    versions = FormVersion.objects.of(form.workspace_id).filter(form=form)
    seen = versions.filter(number=version or form.version)
    number = seen.values_list("wording_number", flat=True).first() or 1
    return Proof(
        wording_version=f"form {form.pk} wording {number}",
        source=f"Form {form.slug}"[:80],
        wording=design.wording,
        ip=ip or None,
    )
