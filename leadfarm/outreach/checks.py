"""What `doctor` asks of the message ledger: never twice, never lost, never to who said no."""

from leadfarm.consent.fragments import barred_since
from leadfarm.engine.checks import by_query
from leadfarm.outreach.codes import MessageKind, MessageState
from leadfarm.outreach.delivery.claiming import NEVER_HELD, PURPOSE
from leadfarm.outreach.delivery.ledger import LEASE_TIME
from leadfarm.rules.codes import TouchKind

_SENT, _LEASED = int(MessageState.SENT), int(MessageState.LEASED)
_TEST = int(MessageKind.TEST)
_TOUCHES = f"{int(TouchKind.MAIL_SENT)}, {int(TouchKind.MAIL_BY_HAND)}"
_PURPOSE = PURPOSE.replace("%(never_held)s", f"ARRAY{list(NEVER_HELD)}")
_LEASE = LEASE_TIME.total_seconds()
# A worker looks every five seconds; after this long without one, nobody looks at all.
_NOBODY_LOOKS = 10 * _LEASE

# S608: the texts hold our own codes alone.
CHECKS = [
    by_query(
        "Every message that was sent says when, and stands on the timeline once",
        7,
        f"""
        select format('message %s: sent %s', message.id,
                      case when message.sent_at is null then 'without a time'
                           when said.times = 0 then 'and not on the timeline'
                           else 'and on the timeline ' || said.times || ' times' end)
          from outreach_message message
          left join lateral (select count(*) as times from leads_touch touch
                              where touch.workspace_id = message.workspace_id
                                and touch.lead_id = message.lead_id
                                and touch.kind in ({_TOUCHES})
                                and touch.ref = message.id) said on true
         where message.state = {_SENT} and message.lead_id is not null
           and (message.sent_at is null or said.times <> 1)
         order by message.id
        """,  # noqa: S608
    ),
    by_query(
        "No message has been on its way longer than its lease",
        7,
        f"""
        select format('message %s: being sent since %s', id, leased_at)
          from outreach_message
         where state = {_LEASED}
           and greatest(leased_at, sending_at) < now() - make_interval(secs => {_NOBODY_LOOKS})
         order by id
        """,  # noqa: S608
    ),
    by_query(
        "Every message has a key of its own",
        7,
        """
        select format('message %s: has the key of %s more', min(id), count(*) - 1)
          from outreach_message
         group by workspace_id, mail_key having count(*) > 1 order by min(id)
        """,
    ),
    by_query(
        "Nobody was written to after they had said no",
        7,
        # Whom it went to stands in the history: the message follows its contact through merges.
        f"""
        select format('message %s: sent to contact %s, who was barred since %s',
                      due.id, due.contact_id, barred.made_at)
          from (select message.id, message.workspace_id, message.sent_at, touch.contact_id,
                       {_PURPOSE} as purpose
                  from outreach_message message
                  join leads_touch touch
                    on touch.workspace_id = message.workspace_id
                   and touch.lead_id = message.lead_id and touch.ref = message.id
                   and touch.kind in ({_TOUCHES})
                  left join outreach_templateversion version
                    on version.workspace_id = message.workspace_id
                   and version.id = message.template_version_id
                  left join outreach_template template
                    on template.workspace_id = version.workspace_id
                   and template.id = version.template_id
                 where message.state = {_SENT} and message.kind <> {_TEST}) due
          join consent_suppression barred
            on {barred_since("due", "due.purpose", "due.sent_at", _LEASE)}
         order by due.id
        """,  # noqa: S608
    ),
]
