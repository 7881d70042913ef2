"""The public archive: mailings that were put there, for anybody who has the address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.views.decorators.http import require_safe

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.outreach import addresses
from leadfarm.outreach.mailings.public import in_archive, read_by_anybody
from leadfarm.outreach.rendering import TemplateFault
from leadfarm.outreach.tokens import read
from leadfarm.outreach.views.frames import framed

MOST = 200


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show one mailing as nobody in particular would read it, or the list of all."""
    said = read("archive", token)
    if said is None:
        raise Http404("This address is damaged.")
    with within(said.workspace_id):
        workspace = Workspace.objects.get(id=said.workspace_id)
        found = in_archive(workspace)
        if not said.message_id:
            return render(request, "outreach/archive.html", _list(workspace))
        mailing = found.filter(id=said.message_id).first()
        if mailing is None:
            raise Http404("This mailing is not in the archive.")
        try:
            words = read_by_anybody(mailing)
        except TemplateFault:
            raise Http404("This mailing cannot be shown.") from None
        return framed(words.html or f"<pre>{escape(words.text)}</pre>")


def _list(workspace: Workspace) -> dict[str, object]:
    base = addresses.base()
    found = in_archive(workspace)[:MOST]
    rows = [(one, addresses.archive(workspace.id, one.id, base)) for one in found]
    return {"company": workspace.name, "rows": rows}
