"""Who asked to be remembered on their device, and what need not be asked of them again (S2-3).

What is known decides only what is left out, questions and a box they have ticked in these very
words: no value ever goes to a visitor.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest, HttpResponse

from leadfarm.consent.actions.signing_up import SAID
from leadfarm.engine.statements import prepared
from leadfarm.engine.web import public_address
from leadfarm.intake.hosting.design import Design
from leadfarm.intake.models import Form
from leadfarm.leads import recognising
from leadfarm.leads.models import Contact

SALT = "leadfarm.remembered"
PARAMETER = recognising.PARAMETER
LASTS = timedelta(days=180)
# One statement: the contact's columns that questions of ours fill, the keys it answered, and
# what it has agreed to and still does.
KNOWN = """
SELECT contact.email_key, contact.no_profiling,
       array_remove(ARRAY[
           CASE WHEN contact.given_name <> '' THEN 'given_name' END,
           CASE WHEN contact.family_name <> '' THEN 'family_name' END,
           CASE WHEN contact.job_title <> '' THEN 'job_title' END,
           CASE WHEN contact.phone <> '' THEN 'phone' END], NULL) AS columns,
       ARRAY(SELECT DISTINCT unnest(sent.answered)
               FROM intake_receipt receipt JOIN intake_submission sent
                 ON sent.workspace_id = receipt.workspace_id AND sent.receipt_id = receipt.id
              WHERE receipt.workspace_id = %(workspace)s::integer
                AND receipt.contact_id = contact.id) AS answered,
       ARRAY(SELECT agreed.purpose || ' ' || agreed.wording
               FROM consent_consent agreed
              WHERE agreed.workspace_id = %(workspace)s::integer
                AND agreed.contact_id = contact.id AND agreed.basis = ANY(%(said)s::smallint[])
                AND agreed.withdrawn_at IS NULL AND agreed.expires_at IS NULL) AS agreed
  FROM leads_contact contact
 WHERE contact.workspace_id = %(workspace)s::integer AND contact.id = %(contact)s::bigint
   AND contact.email_key IS NOT NULL
"""


@dataclass(frozen=True)
class Person:
    """A contact who is recognised: the address, and the questions whose answers are known.

    `agreed`: what holds without end, each as the number of its purpose, a space and its words.
    """

    email: str
    known: frozenset[str]
    agreed: frozenset[str] = frozenset()

    def has_agreed(self, design: Design) -> bool:
        """Whether they need not be asked for what this form asks: same purpose, same words."""
        return bool(design.purpose) and f"{design.purpose:d} {design.wording}" in self.agreed


def recognised(request: HttpRequest, form: Form) -> Person | None:
    """Return who this is, by the signed cookie; None for everybody else. Call it inside."""
    try:
        said = signing.loads(request.COOKIES.get(_name(form), "")[:300], salt=SALT, max_age=LASTS)
        contact_id = int(said["c"])
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
    if said.get("w") != form.workspace_id:
        return None
    return _person(form.workspace_id, contact_id)


def came_by_mail(request: HttpRequest, form: Form, now: datetime) -> Person | None:
    """Return who this is, by the word that a link in a mail of ours carries; None else.

    It holds for the hour after the click and leaves nothing on the device: to be remembered there
    is theirs to choose. Who objects to profiling is asked everything. Call it inside.
    """
    word = recognising.read(request.GET.get(PARAMETER, "")[:200], now)
    if word is None or word.workspace_id != form.workspace_id:
        return None
    return _person(form.workspace_id, word.contact_id, by_mail=True)


def host_of_forms(workspace_id: int) -> frozenset[str]:
    """Return where hosted forms stand: links in mails that lead there carry the word."""
    return frozenset({urlsplit(public_address()).hostname or ""})


def _person(workspace_id: int, contact_id: int, *, by_mail: bool = False) -> Person | None:
    terms = {"workspace": workspace_id, "contact": contact_id, "said": [int(one) for one in SAID]}
    for row in prepared(KNOWN, terms):
        if by_mail and row["no_profiling"]:
            return None
        answered = frozenset(["email", *row["columns"], *row["answered"]])
        return Person(row["email_key"], answered, frozenset(row["agreed"]))
    return None


def remember(answer: HttpResponse, form: Form, contact: Contact, *, secure: bool) -> None:
    """Let this device be recognised from now on; no script can read the cookie."""
    said = {"w": form.workspace_id, "c": contact.id}
    answer.set_cookie(
        _name(form),
        signing.dumps(said, salt=SALT),
        max_age=LASTS,
        path="/f/",
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def forget(answer: HttpResponse, form: Form) -> None:
    """Take the cookie away."""
    answer.delete_cookie(_name(form), path="/f/", samesite="Lax")


def is_remembered(request: HttpRequest, form: Form) -> bool:
    """Return whether the device carries a cookie of this workspace."""
    return _name(form) in request.COOKIES


def _name(form: Form) -> str:
    return f"leadfarm_known_{form.workspace_id}"
