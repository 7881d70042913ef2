"""The context processor of the shell: who is here, where they can go, which theme they chose."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from leadfarm.ui.navigation import EVERYWHERE, Link, Rung, pages_with_keys, registry

THEMES = (("", "System"), ("light", "Light"), ("dark", "Dark"))


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what every page may draw; without a workspace the bar has no entries."""
    workspace = getattr(request, "workspace", None)
    member = getattr(request, "member", None)
    return {
        "workspace": workspace,
        "member": member,
        "now": getattr(request, "now", None),
        "shell": SimpleLazyObject(lambda: _frame(request, workspace, member)),
        "show_gallery": getattr(settings, "LEADFARM_GALLERY", settings.DEBUG),
    }


def _frame(request: HttpRequest, workspace: Any, member: Any) -> dict[str, Any]:
    bar: tuple[Link, ...] = ()
    account: tuple[Link, ...] = ()
    search = ""
    strips: list[tuple[str, dict[str, Any]]] = []
    bell: Rung | None = None
    if workspace is not None:
        bar, account = _ways(request, workspace.slug, member)
        search = registry.search_address(workspace.slug)
        bell = registry.rung(request, workspace.slug)
        strips = registry.drawn_strips(request)
    return {
        "bar": bar,
        "account": account,
        "search": search,
        "strips": strips,
        "bell": bell,
        "name": _name(request),
        "shortcuts": (*EVERYWHERE, *pages_with_keys(bar)),
        "themes": THEMES,
        "home": bar[0].href if bar else "/",
        "can_sign_in": "allauth.account" in settings.INSTALLED_APPS,
    }


def _ways(
    request: HttpRequest, slug: str, member: Any
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Return the links of the bar and of the account menu."""
    role, guest = getattr(member, "role", None), getattr(member, "firm_id", None) is not None
    bar = registry.links("bar", request, slug, role, guest=guest)
    return bar, registry.links("account", request, slug, role, guest=guest)


def _name(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return str(user.get_full_name() or user.get_username())
