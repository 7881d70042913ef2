"""Metrics by closed formula: each figure with its n and an interval, or "too few to tell"."""
