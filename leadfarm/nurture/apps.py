"""The nurture room as Django knows it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from datetime import datetime

    from leadfarm.access.middleware import InsideRequest
    from leadfarm.access.models import Workspace
    from leadfarm.leads.models import Lead


class NurtureConfig(AppConfig):
    """Programs."""

    name = "leadfarm.nurture"
    label = "nurture"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put Programs into the bar and on the lead page; hear of who unsubscribes."""
        from leadfarm.access.furnishing import furnishes
        from leadfarm.leads.listeners import listen
        from leadfarm.leads.panels import ListAct, Panel, registry
        from leadfarm.leads.reports import waits_for_the_away
        from leadfarm.nurture import notices, privacy
        from leadfarm.nurture.actions.awaiting import wait_for_the_away
        from leadfarm.nurture.actions.complaints import hear_complaint
        from leadfarm.nurture.actions.opting_out import hear
        from leadfarm.ui.navigation import Entry, register

        privacy.register()
        notices.register()

        register(Entry(label="Programs", url_name="nurture:list", icon="branch", order=30, key="p"))
        registry.add(Panel("right", 60, "nurture/enrol.html", programs_of))
        registry.act_on_lists(ListAct("Into a program", "branch", "nurture:enrolling"))
        furnishes("nurture", install_programs)
        listen("nurture", hear)
        listen("nurture: complaints", hear_complaint)
        waits_for_the_away("nurture", wait_for_the_away)


def install_programs(workspace: "Workspace", now: "datetime") -> None:
    """Give a new workspace the ready-made program as a draft, with its messages."""
    from leadfarm.nurture.actions.ready_made import offer_ready_made

    offer_ready_made(workspace.id, now)


def programs_of(request: "InsideRequest", lead: "Lead") -> dict[str, Any] | None:
    """Return the programs a lead is in and those it could enter; None where neither is."""
    from leadfarm.nurture.models import LIVE, Enrolment, Pause, Program, ProgramState
    from leadfarm.nurture.ticks.entering import audience

    mine = Enrolment.objects.of(request.workspace).filter(lead_id=lead.id, state__in=LIVE)
    current = list(mine.select_related("program", "node"))
    active = Program.objects.of(request.workspace).filter(state=ProgramState.ACTIVE)
    elsewhere = active.exclude(id__in=[one.program_id for one in current])
    others = [one for one in elsewhere if lead.standing.stage in audience(one).stages]
    if not current and not others:
        return None
    rests = Pause.objects.of(request.workspace).filter(enrolment__in=current, over_at=None)
    resting = {one.enrolment_id: one for one in rests.select_related("by")}
    here = [(one, resting.get(one.id)) for one in current]
    day = (request.now + timedelta(days=28)).date()
    return {"lead": lead, "current": here, "programs": others, "day": day}
