"""What follows from an arrival once it is captured: consent, facts, and what a form tells more."""

from datetime import datetime

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import agree, sign_up
from leadfarm.intake.actions.answering import mail_confirmation, mail_file
from leadfarm.intake.actions.capture import Captured
from leadfarm.intake.arrival import Sent, Through
from leadfarm.intake.models import Submission
from leadfarm.leads.actions import learn
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Purpose


def follow(sent: Sent, captured: Captured, *, now: datetime, by: Actor) -> None:
    """Keep what somebody agreed to and told, as of the time it came. Call it inside."""
    since = captured.receipt.received_at
    for fact in sent.facts:
        learn(
            captured.lead, fact, by=by, now=now, source="form", touch=captured.touch,
            happened_at=since, known_at=since,
        )  # fmt: skip
    if sent.through is None:
        if sent.consent is not None:
            agree(captured.contact, sent.purpose, sent.consent, happened_at=since, now=now)
        return
    submission = _keep(sent.through, captured)
    mail_file(submission, captured.lead, captured.contact, now=now)
    if sent.consent is not None and sent.purpose is Purpose.NEWSLETTER:
        _wait_for_confirmation(sent, captured, submission, now)
    elif sent.consent is not None:
        agree(captured.contact, sent.purpose, sent.consent, happened_at=since, now=now)


def _wait_for_confirmation(
    sent: Sent, captured: Captured, submission: Submission, now: datetime
) -> None:
    """Keep the sign-up until it is confirmed, and ask for that by mail (S2-23)."""
    assert sent.consent is not None
    is_new = captured.receipt.matched_by is None
    waiting = sign_up(
        captured.lead,
        captured.contact,
        sent.purpose,
        sent.consent,
        asked_at=captured.receipt.received_at,
        now=now,
        is_unproven=is_new and sent.kind is TouchKind.NEWSLETTER,
    )
    if waiting is None:
        return
    submission.sign_up_id, is_due = waiting
    submission.save(update_fields=["sign_up"])
    if is_due:
        mail_confirmation(submission, captured.lead, captured.contact, now=now)


def _keep(through: Through, captured: Captured) -> Submission:
    return Submission.objects.create(
        workspace_id=captured.lead.workspace_id,
        receipt_id=captured.receipt.id,
        form=through.form,
        version=through.version,
        answered=list(through.answered),
        origin=dict(through.origin),
    )
