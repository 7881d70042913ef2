"""Who did what: the trail of everything that changes rights, rules or many rows at once."""

from django.db import models

from leadfarm.access.models.people import Member
from leadfarm.access.walls import Walled, firms_own, walled_key


class AuditEntry(Walled):
    """One act, kept for good; ids and codes only, so that nobody's name outlives them."""

    at = models.DateTimeField()
    member = walled_key(Member, on_delete=models.DO_NOTHING, null=True)
    action = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=40, default="")
    target_id = models.BigIntegerField(null=True)
    details = models.JSONField(null=True)

    append_only = True
    firm_sees = firms_own("member_id")

    class Meta:
        indexes = [models.Index(fields=["workspace", "-at"], name="audit_by_time")]
