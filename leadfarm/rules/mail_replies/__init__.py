"""What replies say beyond their words: an absence and its end, or "write to me no more"."""

from leadfarm.rules.mail_replies.away import back_on, put_off_until
from leadfarm.rules.mail_replies.refusing import asks_to_stop

__all__ = ["asks_to_stop", "back_on", "put_off_until"]
