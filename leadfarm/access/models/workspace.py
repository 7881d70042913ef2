"""The workspace: one company's Leadfarm, behind its own wall."""

from django.db import models


class Workspace(models.Model):
    """One company's records, members and settings; nothing crosses to another."""

    # Four bytes: this number stands in every row and every index of the record.
    id = models.AutoField(primary_key=True)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(max_length=2, default="DE")
    currency = models.CharField(max_length=3, default="EUR")
    created_at = models.DateTimeField()
    # Imported history lies before this instant (law 4).
    went_live_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)
    half_life_days = models.FloatField(default=30)
    quiet_days = models.FloatField(default=3)
    weekly_cap = models.PositiveSmallIntegerField(default=2)
    # How the dossier is read here unless a reader chooses otherwise: a frame of rules/dossier.
    dossier_frame = models.CharField(max_length=12, default="seed-8")
    # Whether blank profile values are filled by what can be read from domains and job titles.
    enriches = models.BooleanField(default=True)
    working_from = models.TimeField(default="09:00")
    working_until = models.TimeField(default="17:00")
    # Everybody here signs in with a second factor; the door asks for it.
    needs_second_factor = models.BooleanField(default=False)
    # Hash of the first-run link this workspace was opened with, so that a link works once.
    opened_with = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="half_life_is_longer_than_an_hour",
                condition=models.Q(half_life_days__gte=1 / 24),
            ),
            models.CheckConstraint(
                name="a_working_day_ends_after_it_begins",
                condition=models.Q(working_until__gt=models.F("working_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
