"""A mailing as anybody may read it: nobody's name in it, and links that lead straight on."""

from django.db.models import QuerySet

from leadfarm.access.models import Workspace
from leadfarm.outreach import addresses
from leadfarm.outreach.models import Link, Mailing, Sender
from leadfarm.outreach.rendering import Rendered, Wording
from leadfarm.outreach.rendering.facts import EXAMPLE


def in_archive(workspace: Workspace) -> QuerySet[Mailing]:
    """Return the mailings that may be read by anybody, the newest first."""
    begun = Mailing.objects.of(workspace).filter(in_archive=True, began_at__isnull=False)
    return begun.select_related("version").order_by("-began_at", "-id")


def read_by_anybody(mailing: Mailing) -> Rendered:
    """Return its words for nobody in particular; TemplateFault where they need somebody."""
    assert mailing.version is not None
    facts: dict[str, object] = {
        name: dict.fromkeys(value) if isinstance(value, dict) else None
        for name, value in EXAMPLE.items()
    }
    sender = Sender.objects.of(mailing.workspace_id).first()
    archive = addresses.archive(mailing.workspace_id, 0, addresses.base())
    facts |= {"unsubscribe_url": archive, "preferences_url": archive}
    facts["today"] = f"{mailing.began_at:%-d %B %Y}"
    if sender is not None:
        facts["sender"] = {"name": sender.from_name, "email": sender.from_address}
        facts["postal_address"] = sender.postal_address
    links = Link.objects.of(mailing.workspace_id).filter(version=mailing.version)
    facts |= {f"link_{one.number}": "#" if one.is_hidden else one.url for one in links}
    words = mailing.version
    return Wording("archive", words.subject, words.html, words.text, words.body).render(facts)
