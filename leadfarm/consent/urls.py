"""Addresses of consent and rights inside a workspace."""

from django.urls import path

from leadfarm.consent.views import contact, requests, settings, sleepers

app_name = "consent"
urlpatterns = [
    path("contacts/<int:contact_id>/consents/", contact.record_consent, name="consents"),
    path("contacts/<int:contact_id>/withdrawals/", contact.withdraw_consent, name="withdrawals"),
    path(
        "contacts/<int:contact_id>/withdrawals/<int:suppression_id>/undo/",
        contact.undo_withdrawn,
        name="undo-withdrawal",
    ),
    path("contacts/<int:contact_id>/corrections/", contact.set_right, name="corrections"),
    path("contacts/<int:contact_id>/profiling/", contact.set_profiling, name="profiling"),
    path("contacts/<int:contact_id>/rights/", contact.use_right, name="rights"),
    path("privacy/", requests.show_all, name="requests"),
    path("privacy/requests/<int:privacy_request_id>/", requests.show, name="request"),
    path("privacy/requests/<int:privacy_request_id>/beginning/", requests.begin, name="begin"),
    path("privacy/requests/<int:privacy_request_id>/ending/", requests.finish, name="ending"),
    path("privacy/requests/<int:privacy_request_id>/file/", requests.make_file, name="make-file"),
    path("privacy/requests/<int:privacy_request_id>/file.zip", requests.take_file, name="file"),
    path("privacy/erasures/", sleepers.ask_for_erasures, name="erasures"),
    path("privacy/clocks/", settings.clocks, name="clocks"),
    path("privacy/purposes/", settings.purposes, name="purposes"),
    path("privacy/barred/", settings.barred, name="barred"),
    path("privacy/barred/list/", settings.upload, name="barred-list"),
]
