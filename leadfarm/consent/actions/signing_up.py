"""Double opt-in: a sign-up waits until its address is confirmed; only then it is a consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Workspace
from leadfarm.consent.actions.permission import Proof, agree
from leadfarm.consent.models import AskedMail, Consent, SignUp
from leadfarm.engine.statements import prepared
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Contact, Lead, PersonalText
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Basis, Purpose
from leadfarm.rules.quiet_window import Nature

WAITS = timedelta(days=7)
MAILED_AGAIN_AFTER = timedelta(hours=1)
SAID = (Basis.EXPRESS, Basis.DOUBLE_OPT_IN)
# How long the row of a sign-up that nobody confirmed is kept.
FORGOTTEN_AFTER = timedelta(days=30)
SIGN_UP = """
INSERT INTO consent_signup AS waiting
       (workspace_id, contact_id, lead_id, purpose, wording_version, wording, source, ip,
        is_unproven, asked_at, mailed_at, expires_at)
VALUES (%(workspace)s::integer, %(contact)s::bigint, %(lead)s::bigint, %(purpose)s::smallint,
        %(version)s, %(wording)s, %(source)s, %(ip)s::inet, %(unproven)s::boolean,
        %(asked_at)s::timestamptz, %(now)s::timestamptz, %(expires_at)s::timestamptz)
    ON CONFLICT (workspace_id, contact_id, purpose) WHERE confirmed_at IS NULL DO UPDATE
   SET wording_version = excluded.wording_version, wording = excluded.wording,
       source = excluded.source, ip = excluded.ip, asked_at = excluded.asked_at,
       expires_at = excluded.expires_at,
       mailed_at = CASE WHEN waiting.mailed_at <= %(silent_since)s::timestamptz
                        THEN excluded.mailed_at ELSE waiting.mailed_at END
RETURNING waiting.id, waiting.mailed_at = %(now)s::timestamptz AS is_due
"""


def sign_up(
    lead: Lead,
    contact: Contact,
    purpose: Purpose,
    proof: Proof,
    *,
    asked_at: datetime,
    now: datetime,
    is_unproven: bool,
) -> tuple[int, bool] | None:
    """Keep what was signed until it is confirmed; return its number and whether to mail now.

    A second sign-up while one waits renews it, and is mailed at most once an hour. None where the
    contact has agreed to this in these words already: nothing is to be confirmed.
    """
    if _has_agreed(contact, purpose, proof.wording, now):
        return None
    times = {"asked_at": asked_at, "now": now, "expires_at": now + WAITS}
    terms: dict[str, Any] = {
        "workspace": contact.workspace_id,
        "contact": contact.id,
        "lead": lead.id,
        "purpose": int(purpose),
        "unproven": is_unproven,
        "silent_since": now - MAILED_AGAIN_AFTER,
    }
    (row,) = prepared(SIGN_UP, terms | times | _words_of(proof))
    return int(row["id"]), bool(row["is_due"])


def _words_of(proof: Proof) -> dict[str, Any]:
    return {
        "version": proof.wording_version,
        "wording": proof.wording,
        "source": proof.source,
        "ip": proof.ip,
    }


def _has_agreed(contact: Contact, purpose: Purpose, wording: str, now: datetime) -> bool:
    """Whether they said so themselves; what only follows from a deed runs out, and proves less."""
    agreed = Consent.objects.of(contact.workspace_id).filter(
        contact=contact, purpose=purpose, wording=wording, basis__in=SAID, withdrawn_at=None
    )
    return agreed.exclude(expires_at__lte=now).exists()


@transaction.atomic
def confirm(signed: SignUp, *, ip: str | None, now: datetime) -> bool:
    """Turn a sign-up into a consent; False where it has expired. Again: nothing more happens."""
    held = SignUp.objects.of(signed.workspace_id).select_for_update().get(id=signed.id)
    if held.confirmed_at is not None:
        return True
    if held.expires_at <= now:
        return False
    proof = Proof(held.wording_version, held.source, held.wording, held.ip)
    proof = replace(proof, basis=Basis.DOUBLE_OPT_IN, confirmed_ip=ip, signed_up_at=held.asked_at)
    purpose = Purpose(held.purpose)
    held.consent = agree(held.contact, purpose, proof, happened_at=now, now=now)
    held.confirmed_at = now
    held.save(update_fields=["confirmed_at", "consent"])
    record_touch(
        held.lead,
        TouchKind.CONFIRMED,
        happened_at=now,
        now=now,
        actor=Actor("form"),
        contact_id=held.contact_id,
        by_machine=False,
    )
    return True


def ask_for_mail(
    lead: Lead, contact: Contact, subject: str, body: str, nature: Nature, *, now: datetime
) -> AskedMail:
    """Have a mail sent that the contact has just asked for; outreach puts it into its ledger."""
    text = PersonalText.objects.create(
        workspace_id=lead.workspace_id,
        kind="mail",
        lead=lead,
        contact=contact,
        body=f"{' '.join(subject.split())}\n\n{body.strip()}\n",
        written_at=now,
    )
    return AskedMail.objects.create(
        workspace_id=lead.workspace_id,
        lead=lead,
        contact=contact,
        text=text,
        nature=nature,
        asked_at=now,
    )


def forget_sign_ups(workspace: Workspace, now: datetime) -> int:
    """Delete sign-ups that nobody confirmed in time; return how many.

    Where the address is known from nowhere else, the row stays as the bar it is, without words.
    """
    old = SignUp.objects.of(workspace).filter(
        confirmed_at=None, expires_at__lte=now - FORGOTTEN_AFTER
    )
    old.filter(is_unproven=True).exclude(ip=None, wording="").update(ip=None, wording="")
    return old.filter(is_unproven=False).delete()[0]
