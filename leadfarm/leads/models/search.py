"""The words by which a lead is found: prefix search is a range over them."""

from django.db import models

from leadfarm.access.walls import Walled, walled_key
from leadfarm.leads.models.lead import Lead


class SearchWord(Walled):
    """One normalised word (case and accents folded) of a lead's names, title and ids."""

    pk = models.CompositePrimaryKey("workspace_id", "word", "lead_id")
    word = models.CharField(max_length=40, db_collation="C")
    lead = walled_key(Lead)

    class Meta:
        # Has this lead that word? And its words when it changes its names or goes.
        indexes = [models.Index(fields=["workspace", "lead", "word"], name="searchword_by_lead")]

    firm_sees = "lead"
    checked_by_set = ("lead",)
