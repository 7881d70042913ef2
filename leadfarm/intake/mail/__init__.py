"""Inbound mail: read, judged human or not, brought to its lead."""
