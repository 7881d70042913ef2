"""The quiet window as set-based statements take it (law 6, S2-16)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import note_touched, withdraw
from leadfarm.consent.fragments import may_get_mail, one_per_contact, take_window, terms
from leadfarm.consent.models import Pace, PurposeRule, Suppression
from leadfarm.consent.queries.ledger import ledger_of
from leadfarm.consent.rule_of import quiet_rule
from leadfarm.leads.models import Contact, StageChange
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Purpose, SuppressionReason
from leadfarm.rules.quiet_window import next_free_at
from leadfarm.rules.stages import Stage
from tests.world import World

STATEMENT = f"""
WITH due AS (SELECT id, id AS contact_id FROM leads_contact WHERE workspace_id = %(workspace)s
             UNION ALL
             SELECT id + 1000000, id FROM leads_contact WHERE workspace_id = %(workspace)s),
     asking AS ({one_per_contact("due")}),
     taken AS ({take_window("asking")})
SELECT contact_id FROM taken
"""


def take(world: World, now: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, terms(world.workspace, now, Purpose.INFORMATION))
        return [row[0] for row in cursor.fetchall()]


def test_one_of_two_askers_gets_the_window_and_nobody_inside_it(inside: World) -> None:
    lead = inside.captures()
    now = inside.now
    assert take(inside, now) == [lead.contact_id]
    assert take(inside, now + timedelta(days=2, hours=23)) == []
    assert take(inside, now + timedelta(days=3)) == [lead.contact_id]


def test_the_cap_holds_in_any_seven_days_exactly_as_the_rule_says(inside: World) -> None:
    inside.captures()
    rule = quiet_rule(inside.workspace)
    touched: list[datetime] = []
    for hour in range(0, 24 * 40, 7):
        now = inside.now + timedelta(hours=hour)
        free_at = next_free_at(touched, rule)
        assert bool(take(inside, now)) is (free_at is None or free_at <= now), (hour, touched)
        pace = Pace.objects.of(inside.workspace).get()
        if pace.recent_at[-1] == now:
            touched.append(now)
        assert pace.next_free_at == next_free_at(touched, rule)
    assert len(touched) > 8


def allowed(world: World, purpose: Purpose, **more: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM leads_contact contact"
            f" WHERE contact.workspace_id = %(workspace)s AND {may_get_mail()}",
            terms(world.workspace, world.now, purpose) | more,
        )
        return bool(cursor.fetchone()[0])


def test_who_unsubscribed_or_never_agreed_gets_no_mail(inside: World) -> None:
    lead = inside.captures()
    assert allowed(inside, Purpose.INFORMATION)
    assert not allowed(inside, Purpose.NEWSLETTER), "needs consent by default"
    PurposeRule.objects.create(
        workspace=inside.workspace, purpose=Purpose.NEWSLETTER, needs_consent=False
    )
    assert allowed(inside, Purpose.NEWSLETTER)
    for reason in (SuppressionReason.DO_NOT_CALL, SuppressionReason.UNSUBSCRIBED):
        Suppression.objects.create(
            workspace=inside.workspace,
            contact_id=lead.contact_id,
            reason=reason,
            channel=reason.channel,
            made_at=inside.now,
        )
        bars_mail = reason is SuppressionReason.UNSUBSCRIBED
        assert allowed(inside, Purpose.INFORMATION) is not bars_mail


def test_a_call_written_down_late_never_frees_the_window_sooner(inside: World) -> None:
    """Law 6: what happened before the last touch counts for the cap, and brings nothing forward."""
    lead = inside.captures()
    assert lead.contact_id is not None
    called, mailed = inside.now, inside.now + timedelta(hours=20)
    assert take(inside, mailed) == [lead.contact_id]
    note_touched(inside.workspace, lead.contact_id, at=called)
    pace = Pace.objects.of(inside.workspace).get()
    assert pace.recent_at == [called, mailed]
    assert pace.next_free_at == next_free_at([called, mailed], quiet_rule(inside.workspace))
    assert take(inside, called + timedelta(days=6)) == []


def test_both_voices_say_the_same_of_consent_by_deed(inside: World) -> None:
    """An inquiry allows for six months and a purchase for two years, where the workspace says so,
    and not a day longer; withdrawing ends both (D, delivery and law)."""
    lead = inside.captures()  # a form, on 2 March 2026
    assert lead.contact is not None
    rule = {"purpose": Purpose.NEWSLETTER, "needs_consent": True, "implied_counts": True}
    PurposeRule.objects.create(workspace=inside.workspace, **rule)
    inside.captures("Otto Brandt", kind=TouchKind.LIST_ENTRY)  # nobody asked anything
    for days, may in ((0, 1), (183, 1), (185, 0)):
        at = inside.now + timedelta(days=days, seconds=1)
        assert _voices(inside, lead.contact, at) == {may == 1}, days
    StageChange.objects.create(
        workspace=inside.workspace, lead=lead, to_stage=Stage.WON, because="Order received",
        happened_at=inside.now, known_at=inside.now, recorded_at=inside.now, actor_kind="member",
    )  # fmt: skip
    for days, may in ((185, 1), (729, 1), (732, 0)):
        assert _voices(inside, lead.contact, inside.now + timedelta(days=days)) == {may == 1}
    withdraw(lead.contact, Purpose.NEWSLETTER, by=Actor.of(inside.ada), now=inside.now)
    assert _voices(inside, lead.contact, inside.now + timedelta(days=10)) == {False}


def _voices(world: World, contact: Contact, now: datetime) -> set[bool]:
    """Return what SQL and Python say; one answer where they agree."""
    lines = ledger_of(world.workspace, contact, now=now)
    said = next(line for line in lines if line.purpose is Purpose.NEWSLETTER).allowed
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT contact.id FROM leads_contact contact"
            f" WHERE contact.workspace_id = %(workspace)s AND {may_get_mail()}",
            terms(world.workspace, now, Purpose.NEWSLETTER),
        )
        found = {row[0] for row in cursor.fetchall()}
    assert found <= {contact.id}
    return {said, contact.id in found}
