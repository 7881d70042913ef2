"""Every address of the product. Pages of a workspace live under /w/<workspace>/."""

from django.urls import include, path

from leadfarm.access.entrance import SignIn

INSIDE = [
    path("", include("leadfarm.access.urls")),
    path("", include("leadfarm.leads.urls")),
    path("", include("leadfarm.consent.urls")),
    path("", include("leadfarm.qualification.urls")),
    path("", include("leadfarm.outreach.urls")),
    path("", include("leadfarm.nurture.urls")),
    path("", include("leadfarm.intake.urls")),
    path("", include("leadfarm.desk.urls")),
    path("", include("leadfarm.insight.urls")),
    path("", include("leadfarm.simulation.urls")),
]

urlpatterns = [
    path("", include("leadfarm.ui.urls")),
    path("", include("leadfarm.intake.public_urls")),
    path("", include("leadfarm.intake.web_urls")),
    path("", include("leadfarm.access.door_urls")),
    path("", include("leadfarm.outreach.public_urls")),
    path("api/v1/", include("leadfarm.api.urls")),
    path("accounts/login/", SignIn.as_view(), name="account_login"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("w/<slug:workspace>/", include(INSIDE)),
]
