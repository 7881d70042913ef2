"""One home per verb: templates published, messages planned, doubts resolved, senders set up."""

from leadfarm.outreach.actions.mailings import make_mailing
from leadfarm.outreach.actions.pausing import pause_sending, resume_sending, save_limits
from leadfarm.outreach.actions.planning import (
    HeldBack,
    Letter,
    plan_by_hand,
    plan_test,
)
from leadfarm.outreach.actions.resolving import cancel, mark_as_sent, send_again
from leadfarm.outreach.actions.senders import ask_dns, new_dkim_key, save_mail_server, save_sender
from leadfarm.outreach.actions.templates import (
    FaultyTemplate,
    archive,
    latest_version,
    make_template,
    publish,
    save_draft,
)

__all__ = [
    "FaultyTemplate",
    "HeldBack",
    "Letter",
    "archive",
    "ask_dns",
    "cancel",
    "latest_version",
    "make_mailing",
    "make_template",
    "mark_as_sent",
    "new_dkim_key",
    "pause_sending",
    "plan_by_hand",
    "plan_test",
    "publish",
    "resume_sending",
    "save_draft",
    "save_limits",
    "save_mail_server",
    "save_sender",
    "send_again",
]
