"""Property tests of the rules are not timed: a busy machine is no fault of a rule."""

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
