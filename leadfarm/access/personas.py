"""Signing in to a demo by one click. It must open nothing but a demo, and only on this machine."""

from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from leadfarm.access.models import Member
from leadfarm.rules.codes import Role

# What a proxy adds: then the machine that asks is not the one that is connected.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
FIRST_PAGE = {
    Role.MARKETER: "Campaigns, sources, what sales really got",
    Role.PD: "The queue: greet, call, qualify, develop",
    Role.SALES_REP: "Few but good leads, each with a brief",
    Role.MANAGER: "The agreement and both sides' promises",
}
FIRMS_PAGE = "The same work, on its own leads only"


@dataclass(frozen=True)
class Persona:
    """One way into a demo."""

    member_id: int
    name: str
    role: str
    opens: str
    company: str


def may_be_offered(request: HttpRequest) -> bool:
    """Return whether the request comes from this very machine, by its own name, without a proxy."""
    if settings.PUBLIC_URL or any(name in request.headers for name in FORWARDED):
        return False
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return is_loopback(request.META.get("REMOTE_ADDR", "")) and (
        host == "localhost" or is_loopback(host.strip("[]"))
    )


def is_loopback(address: str) -> bool:
    """Return whether the address is one of this machine's own."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def personas(request: HttpRequest) -> list[Persona]:
    """Return the first member of each role of each demo, and of its outside firms."""
    if not may_be_offered(request):
        return []
    found: dict[tuple[int, int, bool], Persona] = {}
    for member in _members():
        firm = member.firm_id is not None
        role = Role(member.role)
        if firm or role in FIRST_PAGE:
            opens = FIRMS_PAGE if firm else FIRST_PAGE[role]
            label = "Outside firm" if firm else role.label
            one = Persona(member.pk, member.name, label, opens, member.workspace.name)
            found.setdefault((member.workspace_id, 0 if firm else role, firm), one)
    return sorted(found.values(), key=lambda one: one.company)


def persona(request: HttpRequest, member_id: int) -> Member | None:
    """Return the member behind a persona that may be offered; else None."""
    wanted = [one for one in personas(request) if one.member_id == member_id]
    return _members().get(pk=member_id) if wanted else None


def _members() -> QuerySet[Member]:
    """Members of demos whose account opens nothing else."""
    real = Member.objects.filter(user=OuterRef("user"), workspace__is_demo=False)
    people = Member.objects.filter(workspace__is_demo=True, left_at=None, user__is_active=True)
    people = people.exclude(Exists(real)).select_related("workspace", "user")
    return people.order_by("role", "id")
