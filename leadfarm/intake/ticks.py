"""What intake does by itself: visits and downloads come onto leads, old visits go."""

from datetime import datetime, timedelta

from django.db import transaction

from leadfarm.access.actors import FORM
from leadfarm.intake.actions.events import GRACE, tell_check_ins
from leadfarm.intake.models import CheckIn, Download, Website
from leadfarm.intake.visits.forgetting import forget_visits
from leadfarm.intake.visits.telling import tell_visits
from leadfarm.leads.actions import record_touch
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.machines import names_itself

# A scanner follows the links of a mail at once: wait until it has done so.
WAIT = timedelta(seconds=5)
AT_A_TIME = 500


def tell_everywhere(now: datetime) -> int:
    """Put the visits of people we know onto their leads, in every workspace; return how many."""
    sites = Website.objects.values_list("workspace_id", flat=True)
    return sum(tell_visits(workspace_id, now) for workspace_id in list(sites))


def tell_check_ins_everywhere(now: datetime) -> int:
    """Make touches of the check-ins that stand, in every workspace; return how many."""
    waiting = CheckIn.objects.filter(touch=None, at__lte=now - GRACE)
    homes = list(waiting.values_list("workspace_id", flat=True).distinct())
    return sum(tell_check_ins(workspace_id, now) for workspace_id in homes)


def forget_visits_everywhere(now: datetime) -> int:
    """Forget what of visits has had its time; return how many visitors went."""
    return sum(forget_visits(site, now) for site in Website.objects.all())


@transaction.atomic
def judge_downloads(workspace_id: int, now: datetime) -> int:
    """Judge the downloads of some seconds ago; return how many. Safe to run side by side.

    The first one by a human becomes a touch of the lead and warms it; later ones are counted only.
    Machines' are kept and shown, and count for nothing (law 8).
    """
    ripe = Download.objects.of(workspace_id).filter(judged_at=None, asked_at__lte=now - WAIT)
    held = ripe.select_for_update(skip_locked=True, of=("self",)).order_by("asked_at", "id")
    found = list(held.select_related("submission__receipt__lead")[:AT_A_TIME])
    for download in found:
        _judge(download, now)
    return len(found)


def _judge(download: Download, now: datetime) -> None:
    machine = names_itself(download.user_agent)
    told = Download.objects.of(download.workspace_id).filter(
        submission=download.submission, by_machine=machine, touch__isnull=False
    )
    lead = download.submission.receipt.lead
    download.judged_at, download.by_machine = now, machine
    if lead is not None and not told.exists():
        download.touch = record_touch(
            lead,
            TouchKind.DOWNLOAD,
            happened_at=download.asked_at,
            now=now,
            actor=FORM,
            by_machine=machine,
            contact_id=download.submission.receipt.contact_id,
            ref=download.submission.form_id,
        )
    download.save(update_fields=["judged_at", "by_machine", "touch"])


def judge_downloads_everywhere(now: datetime) -> int:
    """Judge downloads in every workspace; return how many."""
    waiting = Download.objects.filter(judged_at=None, asked_at__lte=now - WAIT)
    homes = list(waiting.values_list("workspace_id", flat=True).distinct())
    return sum(judge_downloads(home, now) for home in homes)
