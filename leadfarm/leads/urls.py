"""Addresses of the record inside a workspace."""

from django.urls import path

from leadfarm.leads.views import (
    acts,
    clauses,
    contacts,
    dossier,
    exports,
    lists,
    people,
    record,
    saved_views,
)

app_name = "leads"
urlpatterns = [
    path("leads/", lists.show, name="list"),
    path("leads/new/", people.enter, name="new"),
    path("leads.csv", exports.leads, name="export"),
    path("leads/views/", saved_views.save, name="views"),
    path("leads/views/restore/", saved_views.restore, name="view-restore"),
    path("leads/views/<int:view_id>/", saved_views.change, name="view"),
    path("leads/views/<int:view_id>/delete/", saved_views.delete, name="view-delete"),
    path("accounts/<int:account_id>/", people.account, name="account"),
    path("contacts/<int:contact_id>/", contacts.contact, name="contact"),
    path("clauses/rows/", clauses.rows, name="clause-rows"),
    path("leads/<int:lead_id>/", record.show, name="record"),
    path("leads/<int:lead_id>/calls/", acts.log_call, name="calls"),
    path("leads/<int:lead_id>/notes/", acts.write_note, name="notes"),
    path("leads/<int:lead_id>/pin/", acts.pin_note, name="pin"),
    path("leads/<int:lead_id>/comments/", acts.write_comment, name="comments"),
    path("leads/<int:lead_id>/tasks/", acts.plan_task, name="tasks"),
    path("leads/<int:lead_id>/findings/", dossier.add, name="findings"),
    path("leads/<int:lead_id>/findings/new/", dossier.new, name="finding-new"),
    path("leads/<int:lead_id>/findings/draft/", dossier.draft, name="finding-draft"),
    path(
        "leads/<int:lead_id>/findings/<int:finding_id>/withdrawal/",
        dossier.withdraw,
        name="withdrawal",
    ),
    path(
        "leads/<int:lead_id>/findings/<int:finding_id>/confirmation/",
        dossier.confirm,
        name="confirmation",
    ),
    path("dossier-frame/", dossier.choose_frame, name="frame"),
    path("leads/<int:lead_id>/owners/", acts.set_owner, name="owners"),
    path("leads/<int:lead_id>/need/", acts.name_need, name="need"),
]
