"""Which frame a reader sees dossiers through: their own choice, or the workspace's."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.rules.dossier.frames import FRAMES, Frame, frame_of

CHOSEN = "dossier_frame"


@require_POST
def choose_frame(request: InsideRequest) -> HttpResponse:
    """Read dossiers through this frame from now on, in this browser; go back to the page."""
    frame = FRAMES.get(request.POST.get("frame", ""))
    if frame is not None:
        request.session[CHOSEN] = frame.slug
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, request.get_host()):
        return redirect(back)
    return redirect("leads:list", workspace=request.workspace.slug)


def chosen_frame(request: InsideRequest) -> Frame:
    """Return the frame this reader chose, or the workspace's."""
    return frame_of(request.session.get(CHOSEN), request.workspace.dossier_frame)
