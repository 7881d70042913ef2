"""The calendar file of an event, for whoever was sent its address."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from leadfarm.access.walls import within
from leadfarm.intake.calendar_files import calendar_file, event_of
from leadfarm.intake.models import Event


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Send the file; 404 for a token that was not signed here, and once the event is gone."""
    found = event_of(token)
    if found is None:
        raise Http404("This link is damaged.")
    workspace_id, event_id = found
    with within(workspace_id):
        events = Event.objects.of(workspace_id).select_related("campaign")
        event = events.filter(id=event_id).first()
        if event is None:
            raise Http404("This event is not planned any more.")
        text = calendar_file(event, datetime.now(UTC))
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="event.ics"'
    return answer
