"""Fit rules: who they are, in points."""

from django.db import models
from django.db.models import Q

from leadfarm.access.walls import Walled


class FitRule(Walled):
    """A clause and the points it gives; rules of one kind give at most its cap together."""

    label = models.CharField(max_length=80)
    clause = models.JSONField()
    points = models.SmallIntegerField()
    # Rules of one kind ("size", "industry") share a cap.
    kind = models.CharField(max_length=40, default="")
    cap = models.SmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    firm_sees = "nothing"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_fit_rule_is_named_once", fields=["workspace", "label"]),
            models.CheckConstraint(
                name="a_fit_rule_gives_or_takes_points",
                condition=Q(points__gte=-100, points__lte=100) & ~Q(points=0),
            ),
        ]
