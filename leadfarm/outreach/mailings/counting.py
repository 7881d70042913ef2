"""What became of mailings, in one statement however many there are."""

from collections.abc import Collection
from dataclasses import dataclass, field

from leadfarm.engine.statements import rows
from leadfarm.outreach.codes import WAITING, MessageState
from leadfarm.outreach.mailings.audience import SQL
from leadfarm.rules.consent import SuppressionReason

REFUSALS = (
    SuppressionReason.UNSUBSCRIBED,
    SuppressionReason.COMPLAINT,
    SuppressionReason.OBJECTED,
)


@dataclass
class Figures:
    """Messages of one mailing by what became of them; `dropped` and `held` by HeldBecause.

    What bounced was sent before. `read_on` counts messages in which a human followed a link;
    `machines` those a machine did.
    """

    sent: int = 0
    waiting: int = 0
    in_trouble: int = 0
    read_on: int = 0
    machines: int = 0
    refused: int = 0
    bounced: int = 0
    held: dict[int, int] = field(default_factory=dict)
    dropped: dict[int, int] = field(default_factory=dict)

    @property
    def planned(self) -> int:
        """Return how many messages there are."""
        return self.sent + self.waiting + self.in_trouble + sum(self.dropped.values())

    def add(self, state: MessageState, because: int, messages: int) -> None:
        """Count so many messages that stand here."""
        if state is MessageState.SENT:
            self.sent += messages
        elif state is MessageState.BOUNCED:
            self.sent += messages
            self.bounced += messages
        elif state in WAITING or state is MessageState.LEASED:
            self.waiting += messages
            if because:
                self.held[because] = self.held.get(because, 0) + messages
        elif state is MessageState.CANCELLED:
            self.dropped[because] = self.dropped.get(because, 0) + messages
        else:
            self.in_trouble += messages


def figures(workspace_id: int, mailing_ids: Collection[int]) -> dict[int, Figures]:
    """Return the figures of each of these mailings, by its id."""
    found = {number: Figures() for number in mailing_ids}
    told = {
        "workspace": workspace_id,
        "mailings": list(mailing_ids),
        "refusals": [int(reason) for reason in REFUSALS],
    }
    for row in rows(SQL / "figures.sql", told):
        one = found[row["mailing_id"]]
        one.add(MessageState(row["state"]), row["because"], row["messages"])
        one.read_on += row["read_on"]
        one.machines += row["machines"]
        one.refused += row["refused"]
    return found
