"""Rehearsing a draft: made-up people walk it on a virtual clock, and nothing of it stays."""

from leadfarm.nurture.rehearsal.personas import PERSONAS, Persona
from leadfarm.nurture.rehearsal.seeing import Happening
from leadfarm.nurture.rehearsal.walking import Course, rehearse

__all__ = ["PERSONAS", "Course", "Happening", "Persona", "rehearse"]
