"""Addresses of the agreement and of the verdicts inside a workspace."""

from django.urls import path

from leadfarm.qualification.verbs import VERBS
from leadfarm.qualification.views import agreement, drafting, feedback, fit, verdicts

app_name = "qualification"
urlpatterns = [
    path("agreement/", agreement.show, name="agreement"),
    path("agreement/draft/", drafting.show, name="draft"),
    path("agreement/<int:number>/", agreement.version, name="version"),
    path("agreement/<int:number>/leads/", agreement.counts, name="counts"),
    path("agreement/<int:number>/proposal/", agreement.propose, name="proposal"),
    path("agreement/<int:number>/signature/", agreement.sign, name="signature"),
    path("agreement/<int:number>/withdrawal/", agreement.withdraw, name="withdrawal"),
    path("agreement/said/", feedback.show, name="feedback"),
    path("agreement/fit/", fit.show, name="fit"),
    path("agreement/fit/new/", fit.new, name="new-fit-rule"),
    path("agreement/fit/restored/", fit.restore, name="restore-fit-rule"),
    path("agreement/fit/<int:fitrule_id>/", fit.change, name="fit-rule"),
    path("agreement/fit/<int:fitrule_id>/place/", fit.move, name="move-fit-rule"),
    path("agreement/fit/<int:fitrule_id>/deletion/", fit.delete, name="delete-fit-rule"),
    *(
        path(
            f"leads/<int:lead_id>/{verb.noun}/",
            verdicts.show,
            {"noun": verb.noun},
            name=verb.noun,
        )
        for verb in VERBS
    ),
]
