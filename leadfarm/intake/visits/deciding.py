"""What a workspace decides about visits to its website; each wording it ever showed is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadfarm.access.actions import audit
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Workspace
from leadfarm.intake.models import BannerWording, Website

WORDING = (
    "May we note which pages of this site you read, so that we can answer what you are looking"
    " for? We use no other company's cookies, and you can change your mind at any time."
)


@dataclass(frozen=True)
class Decision:
    """All of it, as it was filled in; `origins` are addresses as browsers name them."""

    is_on: bool
    origins: list[str]
    shows_banner: bool
    wording: str
    agree_label: str
    refuse_label: str
    privacy_url: str
    keep_days: int


def website_of(workspace: Workspace, now: datetime) -> Website:
    """Return the website as it was decided; before that a draft that is off and not stored."""
    found = Website.objects.of(workspace).first()
    return found or Website(
        workspace=workspace,
        key=secrets.token_hex(8),
        wording=WORDING,
        agree_label="Yes, you may",
        refuse_label="No, thank you",
        made_at=now,
    )


@transaction.atomic
def decide(workspace: Workspace, told: Decision, *, by: Member, now: datetime) -> Website:
    """Keep the decision. Other words are a new version, to which later proofs of consent point."""
    site = Website.objects.of(workspace).select_for_update().first()
    is_new = site is None
    site = site or website_of(workspace, now)
    before = _words(site)
    for name, value in vars(told).items():
        setattr(site, name, value)
    is_reworded = is_new or _words(site) != before
    if is_reworded and not is_new:
        site.version += 1
    site.save()
    if is_reworded:
        BannerWording.objects.create(
            workspace=workspace, version=site.version, since=now, member=by, **_words(site)
        )
    who, what = Actor.of(by), {"is_on": site.is_on, "version": site.version}
    audit(workspace.id, "website.decided", by=who, now=now, on=site, **what)
    return site


def _words(site: Website) -> dict[str, str]:
    names = ("wording", "agree_label", "refuse_label", "privacy_url")
    return {name: getattr(site, name) for name in names}
