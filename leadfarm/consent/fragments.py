"""SQL for set-based statements of other rooms: who may get mail, who wins the window.

Every fragment uses named parameters of psycopg; `terms` returns those they share. A statement that
moves many enrolments reads, in this order (one statement, its CTEs named as you like):

    due     AS (... FOR UPDATE SKIP LOCKED),                    -- id, contact_id
    allowed AS (SELECT due.* FROM due JOIN leads_contact contact USING (workspace_id, ...)
                 WHERE <may_get_mail()>),
    asking  AS (<one_per_contact("allowed")>),
    taken   AS (<take_window("asking")>),                       -- contact_id of the winners
    ...
"""

from datetime import datetime
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.consent.rule_of import demands, quiet_rule
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Basis, Channel, HeldBecause, Purpose, SuppressionReason
from leadfarm.rules.quiet_window import CAP_SPAN
from leadfarm.rules.stages import Stage

BARRED = """EXISTS (
    SELECT FROM consent_suppression barred
     WHERE barred.workspace_id = {contact}.workspace_id AND barred.contact_id = {contact}.id
       AND barred.lifted_at IS NULL AND barred.channel IN ({mail}, {all})
       AND (barred.purpose IS NULL OR barred.purpose = {purpose})
       AND ({purpose} <> {service} OR barred.reason IN {final}))"""
AGREED = """EXISTS (
    SELECT FROM consent_consent agreed
     WHERE agreed.workspace_id = {contact}.workspace_id AND agreed.contact_id = {contact}.id
       AND agreed.purpose = {purpose} AND agreed.withdrawn_at IS NULL
       AND agreed.happened_at <= %(now)s
       AND (agreed.expires_at IS NULL OR agreed.expires_at > %(now)s))"""
# Consent by what they did (rules.consent.runs_out): an inquiry holds for six months, a purchase
# for two years, counted in months of the calendar.
IMPLIED = """EXISTS (
    SELECT FROM leads_lead theirs
      JOIN leads_touch asked ON asked.workspace_id = theirs.workspace_id
       AND asked.lead_id = theirs.id AND asked.contact_id = {contact}.id
       AND asked.kind IN {implying} AND NOT asked.by_machine AND asked.happened_at <= %(now)s
       AND (asked.happened_at AT TIME ZONE 'UTC' + CASE WHEN asked.kind = {order}
            THEN interval '{purchase} months' ELSE interval '{inquiry} months' END)
           > %(now)s AT TIME ZONE 'UTC'
     WHERE theirs.workspace_id = {contact}.workspace_id AND theirs.contact_id = {contact}.id)
    OR EXISTS (
    SELECT FROM leads_lead theirs
      JOIN leads_stagechange bought ON bought.workspace_id = theirs.workspace_id
       AND bought.lead_id = theirs.id AND bought.to_stage = {won} AND bought.happened_at <= %(now)s
       AND (bought.happened_at AT TIME ZONE 'UTC' + interval '{purchase} months')
           > %(now)s AT TIME ZONE 'UTC'
     WHERE theirs.workspace_id = {contact}.workspace_id AND theirs.contact_id = {contact}.id)"""
# An address that somebody typed for a newsletter and nobody has confirmed: known from nowhere else.
UNPROVEN = """EXISTS (
    SELECT FROM consent_signup unproven
     WHERE unproven.workspace_id = {contact}.workspace_id AND unproven.contact_id = {contact}.id
       AND unproven.confirmed_at IS NULL AND unproven.is_unproven)"""
TAKE = """
    INSERT INTO consent_pace AS pace (workspace_id, contact_id, next_free_at, recent_at)
    SELECT %(workspace)s, asking.contact_id,
           CASE WHEN %(cap)s <= 1 THEN greatest(%(now)s + %(window)s, %(now)s + %(cap_span)s)
                ELSE %(now)s + %(window)s END,
           ARRAY[%(now)s::timestamptz]
      FROM {asking} asking
     ORDER BY asking.contact_id  -- the same order everywhere: two senders never wait in a circle
        ON CONFLICT (workspace_id, contact_id) DO UPDATE
       SET recent_at = {recent},
           next_free_at = greatest({not_before}%(now)s + %(window)s, CASE
               WHEN cardinality(pace.recent_at) + 1 >= %(cap)s
               THEN ({recent})[1] + %(cap_span)s END)
     WHERE {free}
    RETURNING pace.contact_id"""
DEEDS: dict[str, Any] = {
    "implying": tuple(
        int(kind)
        for kind in TouchKind
        # A sign-up is confirmed, or it is nothing.
        if kind is TouchKind.ORDER or (kind.is_inquiry and kind is not TouchKind.NEWSLETTER)
    ),
    "order": int(TouchKind.ORDER),
    "won": int(Stage.WON),
    "purchase": Basis.IMPLIED_PURCHASE.months,
    "inquiry": Basis.IMPLIED_INQUIRY.months,
}
TAKE_FIRST = "WITH asking AS (SELECT %(contact)s::bigint AS contact_id)"
# The touches the cap counts: the latest ones, as many as the cap, this one included.
RECENT = (
    "(pace.recent_at || %(now)s::timestamptz)"
    "[greatest(1, cardinality(pace.recent_at) + 2 - greatest(%(cap)s, 1)):]"
)
# The same for a touch that may be older than others: a call written down hours later.
RECENT_IN_ORDER = RECENT.replace(
    "(pace.recent_at || %(now)s::timestamptz)",
    "(SELECT array_agg(at ORDER BY at) FROM unnest(pace.recent_at || %(now)s::timestamptz) at)",
)

HELD = f"""
    INSERT INTO leads_touch (workspace_id, kind, by_machine, lead_id, contact_id,
                             happened_at, known_at, recorded_at, ref)
    SELECT %(workspace)s, {int(TouchKind.HELD_BACK)}, true,
           held.lead_id, held.contact_id, %(now)s, %(now)s, %(now)s, held.because
      FROM {{losers}} held"""  # noqa: S608 (numbers of code lists and names of CTEs)


def terms(workspace: Workspace, now: datetime, purpose: Purpose) -> dict[str, Any]:
    """Return the parameters every fragment here shares."""
    rule, asked = quiet_rule(workspace), demands(workspace)[purpose]
    return {
        "workspace": workspace.id,
        "now": now,
        "purpose": int(purpose),
        "needs_consent": asked.needs_consent,
        "implied_counts": asked.implied_counts,
        "window": rule.window,
        "cap": rule.cap,
        "cap_span": CAP_SPAN,
    }


def may_get_mail(
    contact: str = "contact",
    purpose: str = "%(purpose)s",
    needs: str = "%(needs_consent)s",
    implied: str = "%(implied_counts)s",
) -> str:
    """Return a condition on a row of leads_contact; `contact` is its alias in your statement.

    `purpose`, `needs` (whether it needs consent) and `implied` (whether an inquiry or a purchase
    counts as one) may be expressions over the row.
    """
    barred, agreed = _looks(contact, purpose)
    by_deed = IMPLIED.format(contact=contact, **DEEDS)
    proven = f"({purpose} = {int(Purpose.SERVICE)} OR NOT {UNPROVEN.format(contact=contact)})"
    return (
        f"({contact}.email_key IS NOT NULL AND NOT {barred} AND {proven}"
        f" AND (NOT {needs} OR {agreed} OR ({implied} AND ({by_deed}))))"
    )


def barred_since(message: str, purpose: str, at: str, grace_seconds: float) -> str:
    """Return a condition on `barred`, a row of consent_suppression: it stood against this message.

    `grace_seconds` is how long a message may have been on its way when the bar went up.
    """
    final = (int(SuppressionReason.HARD_BOUNCE), int(SuppressionReason.ERASED))
    return (
        f"(barred.workspace_id = {message}.workspace_id"
        f" AND barred.contact_id = {message}.contact_id"
        f" AND barred.made_at < {at} - make_interval(secs => {grace_seconds})"
        f" AND (barred.lifted_at IS NULL OR barred.lifted_at > {at})"
        f" AND barred.channel IN ({int(Channel.MAIL)}, {int(Channel.ALL)})"
        f" AND (barred.purpose IS NULL OR barred.purpose = {purpose})"
        f" AND ({purpose} <> {int(Purpose.SERVICE)} OR barred.reason IN {final}))"
    )


def why_no_mail(contact: str = "contact", purpose: str = "%(purpose)s") -> str:
    """Return an expression: the HeldBecause number of a contact for whom may_get_mail is false."""
    barred, _ = _looks(contact, purpose)
    return (
        f"CASE WHEN {contact}.email_key IS NULL THEN {int(HeldBecause.NO_ADDRESS)}"
        f" WHEN {barred} THEN {int(HeldBecause.SUPPRESSED)}"
        f" ELSE {int(HeldBecause.NO_CONSENT)} END"
    )


def _looks(contact: str, purpose: str) -> tuple[str, str]:
    names: dict[str, Any] = {
        "contact": contact,
        "purpose": purpose,
        "mail": int(Channel.MAIL),
        "all": int(Channel.ALL),
        "service": int(Purpose.SERVICE),
        # An answer still reaches who unsubscribed, not an address that is dead or erased.
        "final": (int(SuppressionReason.HARD_BOUNCE), int(SuppressionReason.ERASED)),
    }
    return BARRED.format(**names), AGREED.format(**names)


def one_per_contact(asking: str, order: str = "id") -> str:
    """Return a query over your CTE that keeps one row a contact: take_window refuses two."""
    return f"SELECT DISTINCT ON (contact_id) * FROM {asking} ORDER BY contact_id, {order}"  # noqa: S608


def take_window(asking: str, *, even_if_taken: bool = False) -> str:
    """Return the statement that takes the quiet window for each row of `asking` that finds it free.

    It returns contact_id of the winners; who is not among them reads `consent_pace.next_free_at`
    (of before this statement) and waits until then. `asking` has a contact once.
    `even_if_taken` counts touches that happened whether the window was free or not, also earlier
    than the last one that is known: they never free a window sooner.
    """
    if even_if_taken:
        own = {"recent": RECENT_IN_ORDER, "free": "true", "not_before": "pace.next_free_at, "}
    else:
        own = {"recent": RECENT, "free": "pace.next_free_at <= %(now)s", "not_before": ""}
    return TAKE.format(asking=asking, **own)


def held_back(losers: str) -> str:
    """Return the INSERT that logs held-back touches; `losers` has lead_id, contact_id, because."""
    return HELD.format(losers=losers)
