"""Owners named in files: people of ours by address or name, else places kept for them.

Somebody a file names and nobody knows becomes a member who has left: shown as owner and counted in
reports, but unable to sign in and given no work (docs/decisions/0020).
"""

import hashlib

from leadfarm.access.models import Member, User
from leadfarm.intake.importing.job import Job
from leadfarm.rules.codes import Role

ROLES = {
    "marketing_owner": Role.MARKETER,
    "pd_owner": Role.PD,
    "sales_owner": Role.SALES_REP,
}


class Members:
    """The members of the workspace, found by what files call them."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.by_name: dict[str, int] = {}
        for member in Member.objects.of(job.workspace).select_related("user").order_by("-id"):
            self.by_name[member.name.casefold()] = member.id
            self.by_name[member.user.email.casefold()] = member.id

    def of(self, name: str, target: str) -> int:
        """Return the member a file means; a place is kept for somebody nobody knows."""
        key = name.casefold()
        if key not in self.by_name:
            self.by_name[key] = self._keep_place(name, ROLES[target])
        return self.by_name[key]

    def _keep_place(self, name: str, role: Role) -> int:
        workspace, now = self.job.workspace, self.job.now
        tag = hashlib.sha256(f"{workspace.id} {name.casefold()}".encode()).hexdigest()[:20]
        user, _ = User.objects.get_or_create(
            email=f"imported-{tag}@members.invalid",
            defaults={"name": name[:120], "is_active": False, "date_joined": now, "password": "!"},
        )
        member, _ = Member.objects.get_or_create(
            workspace=workspace,
            user=user,
            defaults={"role": role, "name": name[:120], "joined_at": now, "left_at": now},
        )
        return member.id
