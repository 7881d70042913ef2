"""How leads come in: files, forms, and what it costs to be found."""

from leadfarm.intake.models.duplicates import DuplicatePair, DuplicateRule, LeadJoin, Merge
from leadfarm.intake.models.endpoints import Endpoint, Mailbox
from leadfarm.intake.models.events import CheckIn, Event
from leadfarm.intake.models.forms import Form, FormVersion, OfferFile, WebHost
from leadfarm.intake.models.imports import (
    ImportedChange,
    ImportedRow,
    ImportFault,
    ImportRun,
    SavedMapping,
)
from leadfarm.intake.models.quarantine import LetIn
from leadfarm.intake.models.receipts import Receipt
from leadfarm.intake.models.spend import Spend
from leadfarm.intake.models.submissions import Download, Submission
from leadfarm.intake.models.website import (
    BannerWording,
    PageView,
    SitePage,
    Visit,
    Visitor,
    VisitorClaim,
    Website,
)

__all__ = [
    "BannerWording",
    "CheckIn",
    "Download",
    "DuplicatePair",
    "DuplicateRule",
    "Endpoint",
    "Event",
    "Form",
    "FormVersion",
    "ImportFault",
    "ImportRun",
    "ImportedChange",
    "ImportedRow",
    "LeadJoin",
    "LetIn",
    "Mailbox",
    "Merge",
    "OfferFile",
    "PageView",
    "Receipt",
    "SavedMapping",
    "SitePage",
    "Spend",
    "Submission",
    "Visit",
    "Visitor",
    "VisitorClaim",
    "WebHost",
    "Website",
]
