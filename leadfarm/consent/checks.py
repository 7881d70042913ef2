"""What `doctor` asks of consent: a no is kept, a proof is a proof, a window closes (law 6)."""

from leadfarm.engine.checks import by_query
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Channel, SuppressionReason

_UNSUBSCRIBED = int(TouchKind.UNSUBSCRIBED)

# S608: the texts hold our own codes alone.
CHECKS = [
    by_query(
        "Whoever unsubscribed is barred from mail, or the bar was lifted for a reason",
        6,
        f"""
        select distinct format('contact %s: unsubscribed and not barred', touch.contact_id)
          from leads_touch touch
         where touch.kind = {_UNSUBSCRIBED} and touch.contact_id is not null
           and not exists (select from consent_suppression barred
                            where barred.workspace_id = touch.workspace_id
                              and barred.contact_id = touch.contact_id
                              and barred.reason = {int(SuppressionReason.UNSUBSCRIBED)})
         order by 1
        """,  # noqa: S608
    ),
    by_query(
        "An erasure bars every channel",
        6,
        f"""
        select format('suppression %s: an erasure that leaves a channel open', id)
          from consent_suppression
         where reason = {int(SuppressionReason.ERASED)} and channel <> {int(Channel.ALL)}
         order by id
        """,  # noqa: S608
    ),
    by_query(
        "A consent is withdrawn and runs out after it was given",
        6,
        """
        select format('consent %s: %s before it was given', id,
                      case when withdrawn_at < happened_at then 'withdrawn' else 'over' end)
          from consent_consent
         where withdrawn_at < happened_at or expires_at < happened_at
         order by id
        """,
    ),
    by_query(
        "A quiet window is open after the last touch it counts, never before",
        6,
        """
        select format('contact %s: free again at %s, last touched at %s', contact_id, next_free_at,
                      recent_at[cardinality(recent_at)])
          from consent_pace
         where next_free_at <= recent_at[cardinality(recent_at)]
         order by contact_id
        """,
    ),
]
