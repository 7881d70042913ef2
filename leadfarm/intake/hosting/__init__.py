"""Hosted forms: what they show and ask, who is asked what, and who is a machine."""
