"""What sales said: counts by source, campaign or criterion, and the words unedited (S0-11)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.qualification.feedback import TOLD, groups, last_words
from leadfarm.qualification.views.tabs import tabs
from leadfarm.rules.codes import Role

WAYS = {"source": "Source", "campaign": "Campaign", "criterion": "Criterion"}


@require_safe
@only(*Role)
def show(request: InsideRequest) -> HttpResponse:
    """Show what was said, rolled up one way; `?of=` narrows the words to one line of the table."""
    by = request.GET.get("by", "source")
    by = by if by in WAYS else "source"
    name = request.GET.get("of")
    page = reverse("qualification:feedback", kwargs={"workspace": request.workspace.slug})
    context: dict[str, Any] = {
        "by": by,
        "head": WAYS[by],
        "kinds": [kind.label for kind in TOLD],
        "rows": [
            {"group": one, "href": f"{page}?{urlencode({'by': by, 'of': one.name})}#words"}
            for one in groups(request.workspace, by)
        ],
        "of": name,
        "all": f"{page}?{urlencode({'by': by})}",
        "words": last_words(request.workspace, by, name),
        "ways": [
            {"label": f"By {label.lower()}", "href": f"{page}?by={key}", "current": key == by}
            for key, label in WAYS.items()
        ],
        "tabs": tabs(request, "qualification:feedback"),
    }
    return render(request, "qualification/feedback.html", context)
