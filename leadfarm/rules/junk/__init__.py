"""Whether what came in is junk, with the reasons as sentences (S1-13)."""

from leadfarm.rules.junk.judging import Offered, Signal, Verdict, judge

__all__ = ["Offered", "Signal", "Verdict", "judge"]
