"""What follows from an arrival once it is captured: consent, facts, and what a form tells more."""

import json
from datetime import datetime

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import agree, sign_up, unsubscribe
from leadfarm.engine.statements import columns_of, loaded, prepared
from leadfarm.intake.actions.answering import mail_confirmation, mail_file, mail_place
from leadfarm.intake.actions.capture import Captured
from leadfarm.intake.arrival import Sent, Through
from leadfarm.intake.models import OfferFile, Submission
from leadfarm.leads.actions import learn
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Purpose

KEEP = f"""
WITH kept AS (
    INSERT INTO intake_submission (workspace_id, receipt_id, form_id, version, answered, origin)
    VALUES (%(workspace)s::integer, %(receipt)s::bigint, %(form)s::bigint, %(version)s::integer,
            %(answered)s::text[], %(origin)s::jsonb)
    RETURNING *)
SELECT {columns_of(Submission, "kept")}, {columns_of(OfferFile, "offer")}
  FROM kept LEFT JOIN intake_offerfile offer
    ON offer.workspace_id = kept.workspace_id AND offer.form_id = kept.form_id
"""  # noqa: S608 (columns of our own models)


def follow(sent: Sent, captured: Captured, *, now: datetime, by: Actor) -> None:
    """Keep what somebody agreed to and told, as of the time it came. Call it inside."""
    since = captured.receipt.received_at
    if sent.wants_no_mail:
        unsubscribe(captured.lead, captured.contact, now=now)
    for fact in sent.facts:
        learn(
            captured.lead, fact, by=by, now=now, source="form", touch=captured.touch,
            happened_at=since, known_at=since,
        )  # fmt: skip
    if sent.through is None:
        if sent.consent is not None:
            agree(captured.contact, sent.purpose, sent.consent, happened_at=since, now=now)
        return
    submission, offer = _keep(sent.through, captured)
    if offer is not None:
        mail_file(submission, offer, captured.lead, captured.contact, now=now)
    if sent.through.form.campaign_id is not None:
        mail_place(submission, captured.lead, captured.contact, now=now)
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


def _keep(through: Through, captured: Captured) -> tuple[Submission, OfferFile | None]:
    """Keep the submission; return it, and the file that the form gives in return, if any."""
    terms = {
        "workspace": captured.lead.workspace_id,
        "receipt": captured.receipt.id,
        "form": through.form.id,
        "version": through.version,
        "answered": list(through.answered),
        "origin": json.dumps(dict(through.origin)),
    }
    (row,) = prepared(KEEP, terms)
    submission = loaded(Submission, row, "kept")
    assert submission is not None
    submission.form = through.form
    return submission, loaded(OfferFile, row, "offer")
