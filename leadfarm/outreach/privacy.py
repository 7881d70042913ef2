"""What outreach holds of a person (consent/holdings)."""

from leadfarm.consent.holdings import BY_BOTH, BY_CONTACT, Fate, Holding, registry
from leadfarm.leads.notices import ABOUT_LEADS

BY_MESSAGE = (
    "held.message_id IN (SELECT id FROM outreach_message mail WHERE"
    " mail.workspace_id = held.workspace_id AND mail.lead_id = ANY(%(leads)s)"
    " AND mail.contact_id = ANY(%(contacts)s))"
)
# A mail to a colleague names who is waiting.
TOLD_OF_THEM = f"""held.message_id IN (SELECT told.message_id FROM access_notification told
    WHERE told.workspace_id = held.workspace_id AND told.message_id IS NOT NULL
      AND told.kind IN ({", ".join(str(int(kind)) for kind in ABOUT_LEADS)})
      AND told.subject_id = ANY(%(leads)s))"""  # noqa: S608 (numbers of a code list)


def register() -> None:
    """Name the tables of this room."""
    registry.hold(
        Holding(
            "outreach.Click", "Links they followed", BY_MESSAGE, Fate.EMPTIED,
            "which link, when, human or machine", {"user_agent": "''", "network": "''"},
        ),
        Holding(
            "outreach.MailboxMail", "Mail as it arrived", f"({BY_MESSAGE} OR {BY_CONTACT})",
            Fate.GOES, erased=f"({BY_MESSAGE} OR {BY_CONTACT} OR {TOLD_OF_THEM})",
        ),
        Holding(
            "outreach.Message", "Mail we planned and sent", BY_BOTH, Fate.EMPTIED,
            "which template, when, what came of it; words of ours to them are texts and go",
            {"smtp_reply": "''"},
        ),
    )  # fmt: skip
    registry.leave_out("words, links and servers of ours", [
        "outreach.Template", "outreach.TemplateVersion", "outreach.Link", "outreach.Sender",
        "outreach.MailServer", "outreach.Mailing", "outreach.SendingRule", "outreach.Outflow",
    ])  # fmt: skip
