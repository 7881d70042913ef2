"""The breaker: a server that refuses everybody is left alone, tried again, and used again.

It opens when the server cannot be reached, refuses us, or refuses one message after the other.
While it is open nothing is claimed, so no message uses up an attempt. After a pause, which grows
from a minute to an hour, one worker tries: it connects, then hands over one message. The first
mail that is taken closes it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from leadfarm.access.models import Workspace
from leadfarm.outreach.codes import MessageState
from leadfarm.outreach.delivery.fates import Fate, Outcome
from leadfarm.outreach.notices import tell_of_stop

# So many refusals of one message after the other, to more than one domain, are about us.
MOST_REFUSED = 10
# So many mails without an answer: each is in doubt, so this stops sooner.
MOST_UNANSWERED = 3
OPEN = """
UPDATE outreach_mailserver
   SET refusal = %(said)s, refused_at = %(now)s, stopped_since = coalesce(stopped_since, %(now)s),
       retry_at = %(now)s + CASE WHEN stopped_since IS NULL THEN interval '1 minute'
                  ELSE least(greatest(2 * (retry_at - refused_at), interval '1 minute'),
                             interval '1 hour') END
 WHERE workspace_id = %(workspace)s AND (stopped_since IS NULL OR %(tried)s)
RETURNING id, stopped_since = %(now)s, retry_at
"""
# Whoever moves the time forward is the one who tries.
TRY = """
UPDATE outreach_mailserver
   SET refused_at = %(now)s, retry_at = %(now)s + (retry_at - refused_at)
 WHERE workspace_id = %(workspace)s AND stopped_since IS NOT NULL AND retry_at <= %(now)s
RETURNING id
"""
CLOSE = """
UPDATE outreach_mailserver
   SET refusal = '', refused_at = NULL, retry_at = NULL, stopped_since = NULL,
       last_sent_at = coalesce(%(sent_at)s, last_sent_at)
 WHERE workspace_id = %(workspace)s
"""
PUT_BACK = f"""
UPDATE outreach_message
   SET state = {int(MessageState.PLANNED)}, attempts = greatest(attempts - 1, 0),
       not_before = greatest(planned_at, %(retry_at)s), deferred_since = NULL
 WHERE workspace_id = %(workspace)s AND id = ANY(%(ids)s) AND lease IS NULL
   AND state IN ({int(MessageState.PLANNED)}, {int(MessageState.FAILED)})
"""  # noqa: S608
SAYS_NOTHING = {Fate.BROKEN}
JUDGED_ALONE = {Fate.ACCEPTED, Fate.DEAD_ADDRESS}


@dataclass
class Breaker:
    """One worker's view of the server while it sends. `is_trying`: it was open, this is the try."""

    workspace: Workspace
    is_trying: bool = False
    _refused: dict[int, str] = field(default_factory=dict)
    _unanswered: int = 0

    def saw(self, message_id: int, domain: str, outcome: Outcome, now: datetime) -> str:
        """Take in what became of a message; return why sending stops, or nothing."""
        if outcome.fate in SAYS_NOTHING:
            return ""
        if outcome.fate in JUDGED_ALONE:
            self._refused, self._unanswered = {}, 0
            if self.is_trying:
                self.close(now)
            return ""
        if outcome.fate in (Fate.NOT_HANDED_OVER, Fate.CUT_OFF):
            return self.open(outcome, now)
        if outcome.fate is Fate.UNKNOWN:
            self._unanswered += 1
        else:
            self._refused[message_id] = domain
        everybody = len(self._refused) >= MOST_REFUSED and len(set(self._refused.values())) > 1
        if everybody or self._unanswered >= MOST_UNANSWERED or self.is_trying:
            return self.open(outcome, now)
        return ""

    @transaction.atomic
    def open(self, outcome: Outcome, now: datetime) -> str:
        """Stop for a while, tell who looks after it, put back what was refused; say why."""
        said = f"{outcome.code} {outcome.reply}".removeprefix("0 ").strip()[:300]
        said = said or "The mail server cannot be reached."
        asked = self._asked(now) | {"said": said, "tried": self.is_trying}
        with connection.cursor() as cursor:
            cursor.execute(OPEN, asked)
            for server_id, is_new, retry_at in cursor.fetchall():
                again = asked | {"ids": list(self._refused), "retry_at": retry_at}
                cursor.execute(PUT_BACK, again)
                if is_new:
                    tell_of_stop(self.workspace.id, server_id, now)
        self._refused, self.is_trying = {}, False
        return said

    def close(self, now: datetime, *, sent: bool = True) -> None:
        """Note that the server works."""
        with connection.cursor() as cursor:
            cursor.execute(CLOSE, self._asked(now) | {"sent_at": now if sent else None})
        self.is_trying = False

    def tries(self, now: datetime) -> bool:
        """Say whether this worker is the one that tries a server that was left alone."""
        with connection.cursor() as cursor:
            cursor.execute(TRY, self._asked(now))
            self.is_trying = cursor.fetchone() is not None
        return self.is_trying

    def _asked(self, now: datetime) -> dict[str, Any]:
        return {"workspace": self.workspace.id, "now": now}
