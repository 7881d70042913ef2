"""Proof of work: a browser that runs scripts solves a small riddle while its visitor types.

A riddle is signed, expires, and counts once. Who sends none is no machine yet (some browsers run
no scripts), but may send less; who sends a false one is.
"""

import base64
import binascii
import json
from datetime import UTC, datetime, timedelta
from functools import cache

from altcha import v1

from leadfarm.access.tally import count
from leadfarm.engine.sealing import derived_key
from leadfarm.rules.coded import Code

# Half a second of a phone's time on average.
HARDEST = 40_000
LASTS = timedelta(hours=2)


class Proof(Code):
    """What a sent solution is worth."""

    NONE = 1, "None was sent, or it had expired"
    GOOD = 2, "Solved"
    FALSE = 3, "Not solved, not ours, or used before"


def riddle(now: datetime) -> str:
    """Return a fresh riddle as JSON, for the page to hand to its worker."""
    options = v1.ChallengeOptions(
        max_number=HARDEST, hmac_key=_key(), expires=(now + LASTS).astimezone(UTC)
    )
    return json.dumps(v1.create_challenge(options).to_dict())


def judge(solution: str, now: datetime) -> Proof:
    """Return what the solution is worth, and use it up. Call it outside transactions."""
    if not solution:
        return Proof.NONE
    try:
        said = json.loads(base64.b64decode(solution[:2000], validate=True))
        payload = v1.Payload.from_dict(said)
        good, _ = v1.verify_solution(payload, _key(), check_expires=False)
        expires = payload.parse_salt()[1]
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        return Proof.FALSE
    if not good or expires is None:
        return Proof.FALSE
    if expires < now.timestamp():
        return Proof.NONE
    return Proof.GOOD if count(f"riddle:{payload.challenge}", LASTS, now) == 1 else Proof.FALSE


@cache
def _key() -> str:
    return derived_key("riddles of forms").hex()
