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
          join leads_contact contact on contact.workspace_id = touch.workspace_id
           and contact.id = touch.contact_id and contact.erased_at is null
         where touch.kind = {_UNSUBSCRIBED}
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
        "Of who objects to profiling nothing is scored, and of nobody else for that reason",
        8,
        """
        select format('lead %s: %s', lead.id, case when contact.no_profiling
                      then 'is scored, though its contact objects' else 'is not scored' end)
          from leads_lead lead
          join leads_standing standing
            on standing.workspace_id = lead.workspace_id and standing.lead_id = lead.id
          left join leads_contact contact
            on contact.workspace_id = lead.workspace_id and contact.id = lead.contact_id
         where standing.unscored <> coalesce(contact.no_profiling, false)
            or standing.unscored and (standing.heat is not null or standing.fit is not null)
         order by lead.id
        """,
    ),
    by_query(
        "An erased person has no words left on leads of theirs",
        9,
        """
        select distinct format('contact %s: erased, and text %s is there', contact.id, text.id)
          from leads_contact contact
          join leads_personaltext text
            on text.workspace_id = contact.workspace_id and text.contact_id = contact.id
         where contact.erased_at is not null and text.written_at < contact.erased_at
         order by 1
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
