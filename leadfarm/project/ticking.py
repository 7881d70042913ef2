"""Every tick of the schedule, for one workspace at a time handed in: what `leadfarm tick` does.

Each returns what it did, by name. Their names are those of the jobs in project/schedule.py.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadfarm.access.models import Workspace

Done = dict[str, int]
Tick = Callable[["Workspace", datetime], Done]


def judge_clicks(workspace: "Workspace", now: datetime) -> Done:
    """Judge the clicks and downloads that came in some seconds ago."""
    from leadfarm.intake.ticks import judge_downloads
    from leadfarm.outreach.ticks import judge_clicks

    return {"judged": judge_clicks(workspace.id, now) + judge_downloads(workspace.id, now)}


def let_leads_in(workspace: "Workspace", now: datetime) -> Done:
    """Let into programs whoever meets an entry clause."""
    from leadfarm.nurture.ticks import sweep

    return {"let in": sweep(workspace.id, now)}


def move_programs(workspace: "Workspace", now: datetime) -> Done:
    """Move everybody who is due in a program."""
    from leadfarm.nurture.ticks import tick

    return tick(workspace.id, now).as_dict()


def fill_blanks(workspace: "Workspace", now: datetime) -> Done:
    """Fill blanks on companies and people that have come in or changed."""
    from leadfarm.intake.enrichment.running import enrich

    return enrich(workspace, now)


def grade_leads(workspace: "Workspace", now: datetime) -> Done:
    """Work out fit from what has become known."""
    from leadfarm.qualification.actions.grading import grade

    return {"graded": grade(workspace, now=now)}


def deliver_leads(workspace: "Workspace", now: datetime) -> Done:
    """Deliver to sales whoever has come to meet the definition in force."""
    from leadfarm.qualification.ticks import deliver_ready

    return {"delivered": deliver_ready(workspace.id, now=now)}


def fetch_mail(workspace: "Workspace", now: datetime) -> Done:
    """Take in what is new in the mailboxes."""
    from leadfarm.intake.mail.polling import poll_workspace

    return poll_workspace(workspace, now)


def tell_colleagues(workspace: "Workspace", now: datetime) -> Done:
    """Tell colleagues of raised hands, and of greetings that are due or late."""
    from leadfarm.leads.notices import tell_of_greetings

    return {"told": tell_of_greetings(workspace.id, now)}


def move_mailings(workspace: "Workspace", now: datetime) -> Done:
    """Begin mailings that are due, and end those that have gone out."""
    from leadfarm.outreach.mailings.ticks import move_mailings

    return move_mailings(workspace, now)


def send_mail(workspace: "Workspace", now: datetime) -> Done:
    """Send what is due."""
    from leadfarm.outreach.delivery.sending import send_due

    tally = send_due(workspace, lambda: now)
    names = ("sent", "later", "failed", "in_doubt", "held", "cancelled")
    return {name.replace("_", " "): getattr(tally, name) for name in names}


def forget_sign_ups(workspace: "Workspace", now: datetime) -> Done:
    """Delete sign-ups that nobody confirmed."""
    from leadfarm.consent.actions import forget_sign_ups

    return {"forgotten": forget_sign_ups(workspace, now)}


def find_duplicates(workspace: "Workspace", now: datetime) -> Done:
    """Look for contacts and accounts that may be the same."""
    from leadfarm.intake.duplicates.scanning import scan

    return scan(workspace, now=now)


def erase_people(workspace: "Workspace", now: datetime) -> Done:
    """Erase whoever asked for it, once the time to think is over."""
    from leadfarm.consent.erasing.requested import erase_due

    return {"erased": erase_due(workspace, now)}


def keep_clocks(workspace: "Workspace", now: datetime) -> Done:
    """Delete what is older than the workspace keeps it."""
    from leadfarm.consent.clocks import clean

    return clean(workspace, now)


def hand_on_work(workspace: "Workspace", now: datetime) -> Done:
    """Hand on what waits for somebody who has left."""
    from leadfarm.leads.ticks import hand_on_in

    return {"handed on": hand_on_in(workspace)}


def tell_visits(workspace: "Workspace", now: datetime) -> Done:
    """Put the visits of people we know onto their leads."""
    from leadfarm.intake.visits.telling import tell_visits

    return {"told": tell_visits(workspace.id, now)}


def tell_check_ins(workspace: "Workspace", now: datetime) -> Done:
    """Make history of the check-ins of events that nobody took back."""
    from leadfarm.intake.actions.events import tell_check_ins

    return {"told": tell_check_ins(workspace.id, now)}


def forget_visits(workspace: "Workspace", now: datetime) -> Done:
    """Delete visits of people nobody recognised in time, and the networks of old ones."""
    from leadfarm.intake.models import Website
    from leadfarm.intake.visits.forgetting import forget_visits

    sites = Website.objects.filter(workspace=workspace)
    return {"forgotten": sum(forget_visits(site, now) for site in sites)}


# In this order what one finds is used by the next: a click heats, a move plans, a plan is sent.
TICKS: dict[str, Tick] = {
    "judge-clicks": judge_clicks,
    "tell-visits": tell_visits,
    "tell-check-ins": tell_check_ins,
    "let-leads-in": let_leads_in,
    "move-programs": move_programs,
    "fill-blanks": fill_blanks,
    "grade-leads": grade_leads,
    "deliver-leads": deliver_leads,
    "fetch-mail": fetch_mail,
    "tell-colleagues": tell_colleagues,
    "move-mailings": move_mailings,
    "send-mail": send_mail,
    "hand-on-work": hand_on_work,
    "find-duplicates": find_duplicates,
    "keep-clocks": keep_clocks,
    "erase-people": erase_people,
    "forget-sign-ups": forget_sign_ups,
    "forget-visits": forget_visits,
}
