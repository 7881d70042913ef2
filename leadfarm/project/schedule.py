"""What runs by itself, and how often. Jobs are thin: each calls one verb and hands it the time.

A sixth column of a cron line counts seconds. A queueing lock keeps at most one such job waiting:
what a round leaves undone is found by the next one.
"""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

__all__ = [
    "app",
    "deliver_leads",
    "erase_people",
    "fetch_mail",
    "fill_blanks",
    "find_duplicates",
    "forget_sign_ups",
    "forget_visits",
    "grade_leads",
    "hand_on_work",
    "judge_clicks",
    "keep_clocks",
    "let_leads_in",
    "move_mailings",
    "move_programs",
    "send_mail",
    "tell_check_ins",
    "tell_colleagues",
    "tell_visits",
]


# With a round every other second one reaction in twenty took longer than two (bench react).
@app.periodic(cron="* * * * * *")
@app.task(queueing_lock="move-programs", queue="programs")
def move_programs(timestamp: int) -> None:
    """Move everybody who is due in a program."""
    from leadfarm.nurture.ticks import tick, workspaces_with_programs

    for workspace_id in workspaces_with_programs():
        tick(workspace_id, datetime.now(UTC))


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="let-leads-in", queue="programs")
def let_leads_in(timestamp: int) -> None:
    """Let into programs whoever came to meet an entry clause without an event."""
    from leadfarm.nurture.ticks import sweep, workspaces_with_programs

    for workspace_id in workspaces_with_programs():
        sweep(workspace_id, datetime.now(UTC))


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="send-mail", queue="mail")
def send_mail(timestamp: int) -> None:
    """Send what is due."""
    from leadfarm.outreach.ticks import send_everywhere

    send_everywhere(lambda: datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="move-mailings", queue="mail")
def move_mailings(timestamp: int) -> None:
    """Begin mailings that are due, and end those that have gone out."""
    from leadfarm.outreach.mailings.ticks import move_mailings, workspaces_with_mailings

    for workspace in workspaces_with_mailings():
        move_mailings(workspace, datetime.now(UTC))


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="judge-clicks", queue="mail")
def judge_clicks(timestamp: int) -> None:
    """Judge the clicks and downloads that came in some seconds ago."""
    from leadfarm.intake.ticks import judge_downloads_everywhere
    from leadfarm.outreach.ticks import judge_everywhere

    judge_everywhere(datetime.now(UTC))
    judge_downloads_everywhere(datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="deliver-leads", queue="programs")
def deliver_leads(timestamp: int) -> None:
    """Deliver to sales whoever has come to meet the definition in force."""
    from leadfarm.qualification.ticks import deliver_ready, workspaces_with_agreement

    for workspace_id in workspaces_with_agreement():
        deliver_ready(workspace_id, now=datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="fill-blanks", queue="imports")
def fill_blanks(timestamp: int) -> None:
    """Fill blanks on companies and people that have come in or changed."""
    from leadfarm.access.models import Workspace
    from leadfarm.intake.enrichment.running import enrich

    for workspace in Workspace.objects.filter(enriches=True):
        enrich(workspace, datetime.now(UTC))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="grade-leads", queue="programs")
def grade_leads(timestamp: int) -> None:
    """Work out fit from what has become known."""
    from leadfarm.qualification.ticks import grade_everybody

    grade_everybody(now=datetime.now(UTC))


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="hand-on-work", queue="programs")
def hand_on_work(timestamp: int) -> None:
    """Hand on what waits for somebody who has left."""
    from leadfarm.leads.ticks import hand_on_everywhere

    hand_on_everywhere()


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="tell-visits", queue="programs")
def tell_visits(timestamp: int) -> None:
    """Put the visits of people we know onto their leads."""
    from leadfarm.intake.ticks import tell_everywhere

    tell_everywhere(datetime.now(UTC))


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="tell-colleagues", queue="programs")
def tell_colleagues(timestamp: int) -> None:
    """Tell colleagues of raised hands, and of greetings that are due or late."""
    from leadfarm.leads.ticks import tell_everywhere

    tell_everywhere(datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell-check-ins", queue="programs")
def tell_check_ins(timestamp: int) -> None:
    """Make history of the check-ins of events that nobody took back."""
    from leadfarm.intake.ticks import tell_check_ins_everywhere

    tell_check_ins_everywhere(datetime.now(UTC))


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="forget-visits", queue="imports")
def forget_visits(timestamp: int) -> None:
    """Delete visits of people nobody recognised in time, and the networks of old ones."""
    from leadfarm.intake.ticks import forget_visits_everywhere

    forget_visits_everywhere(datetime.now(UTC))


@app.periodic(cron="35 3 * * *")
@app.task(queueing_lock="forget-sign-ups", queue="imports")
def forget_sign_ups(timestamp: int) -> None:
    """Delete sign-ups that nobody confirmed."""
    from leadfarm.access.models import Workspace
    from leadfarm.consent.actions import forget_sign_ups

    for workspace in Workspace.objects.all():
        forget_sign_ups(workspace, datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="fetch-mail", queue="mail-in")
def fetch_mail(timestamp: int) -> None:
    """Take in what is new in the mailboxes of every workspace."""
    from leadfarm.intake.mail.polling import poll_everywhere

    poll_everywhere(datetime.now(UTC))


@app.periodic(cron="50 2 * * *")
@app.task(queueing_lock="find-duplicates", queue="imports")
def find_duplicates(timestamp: int) -> None:
    """Look through every workspace for contacts and accounts that may be the same."""
    from leadfarm.access.models import Workspace
    from leadfarm.intake.duplicates.scanning import scan

    for workspace in Workspace.objects.all():
        scan(workspace, now=datetime.now(UTC))


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="keep-clocks", queue="privacy")
def keep_clocks(timestamp: int) -> None:
    """Delete what is older than each workspace keeps it."""
    from leadfarm.access.models import Workspace
    from leadfarm.consent.clocks import clean

    for workspace in Workspace.objects.all():
        clean(workspace, datetime.now(UTC))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="erase-people", queue="privacy")
def erase_people(timestamp: int) -> None:
    """Erase whoever asked for it, once the time to think is over; take up what was interrupted."""
    from leadfarm.access.models import Workspace
    from leadfarm.consent.erasing.requested import erase_due

    for workspace in Workspace.objects.all():
        erase_due(workspace, datetime.now(UTC))
