"""The one record: what is known about accounts, contacts and leads, and what happened to them."""

from leadfarm.leads.models.dossier import Comment, Finding, PersonalText
from leadfarm.leads.models.history import StageChange, Touch
from leadfarm.leads.models.lead import GroupMember, Lead, Standing
from leadfarm.leads.models.origins import Campaign, Source
from leadfarm.leads.models.people import Account, Contact
from leadfarm.leads.models.profile import ProfileFact
from leadfarm.leads.models.routing import (
    Assignment,
    RoutingRule,
    RoutingSeat,
    TimeOff,
    Turn,
    Workload,
)
from leadfarm.leads.models.search import SearchWord
from leadfarm.leads.models.task import Task
from leadfarm.leads.models.views import SavedView

__all__ = [
    "Account",
    "Assignment",
    "Campaign",
    "Comment",
    "Contact",
    "Finding",
    "GroupMember",
    "Lead",
    "PersonalText",
    "ProfileFact",
    "RoutingRule",
    "RoutingSeat",
    "SavedView",
    "SearchWord",
    "Source",
    "StageChange",
    "Standing",
    "Task",
    "TimeOff",
    "Touch",
    "Turn",
    "Workload",
]
