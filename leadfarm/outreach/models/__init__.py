"""What we write, to whom, with which words, and what came of it."""

from leadfarm.outreach.models.mailing import Mailing
from leadfarm.outreach.models.message import MailboxMail, Message
from leadfarm.outreach.models.pace import Outflow, SendingRule
from leadfarm.outreach.models.sender import MailServer, Sender
from leadfarm.outreach.models.template import Link, Template, TemplateVersion
from leadfarm.outreach.models.tracking import Click

__all__ = [
    "Click",
    "Link",
    "MailServer",
    "MailboxMail",
    "Mailing",
    "Message",
    "Outflow",
    "Sender",
    "SendingRule",
    "Template",
    "TemplateVersion",
]
