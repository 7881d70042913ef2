"""The ready-made programs: trees that work as they are, with what people read before they choose.

What they say to people lies as HTML in nurture/ready_made/, a folder for each.
"""

from leadfarm.rules.programs.ready_made.customers import CUSTOMERS
from leadfarm.rules.programs.ready_made.did_you_buy import DID_YOU_BUY
from leadfarm.rules.programs.ready_made.dormant import DORMANT
from leadfarm.rules.programs.ready_made.event_follow_up import EVENT_FOLLOW_UP
from leadfarm.rules.programs.ready_made.long_cycle import LONG_CYCLE
from leadfarm.rules.programs.ready_made.no_hand_off import NO_HAND_OFF, NO_HAND_OFF_MADE
from leadfarm.rules.programs.ready_made.parts import ReadyMade, Wording
from leadfarm.rules.programs.ready_made.recycled import RECYCLED
from leadfarm.rules.programs.ready_made.rejected import REJECTED

READY_MADE: dict[str, ReadyMade] = {
    each.slug: each
    for each in (
        NO_HAND_OFF_MADE,
        LONG_CYCLE,
        RECYCLED,
        REJECTED,
        EVENT_FOLLOW_UP,
        DORMANT,
        CUSTOMERS,
        DID_YOU_BUY,
    )
}

__all__ = ["NO_HAND_OFF", "READY_MADE", "ReadyMade", "Wording"]
