"""Addresses of intake inside a workspace."""

from django.urls import path

from leadfarm.intake.views import (
    campaigns,
    duplicates,
    enrichment,
    hosted_forms,
    imports,
    quarantine,
    spend,
    spend_files,
    website,
)

app_name = "intake"
urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:import_run_id>/", imports.show, name="import"),
    path("imports/<int:import_run_id>/sheet/", imports.sheet, name="sheet"),
    path("imports/<int:import_run_id>/layout/", imports.layout, name="layout"),
    path("imports/<int:import_run_id>/mapping/", imports.mapping, name="mapping"),
    path("imports/<int:import_run_id>/preview/", imports.preview, name="preview"),
    path("imports/<int:import_run_id>/rehearsal/", imports.rehearsal, name="rehearsal"),
    path("imports/<int:import_run_id>/start/", imports.start, name="start"),
    path("imports/<int:import_run_id>/progress/", imports.progress, name="progress"),
    path("imports/<int:import_run_id>/errors/", imports.errors, name="errors"),
    path("imports/<int:import_run_id>/undo/", imports.undo, name="undo"),
    path("website/", website.show, name="website"),
    path("website/arriving/", website.arriving, name="visits-arriving"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/look/", duplicates.look, name="look-for-duplicates"),
    path("duplicates/<int:duplicate_pair_id>/", duplicates.judge, name="judge-pair"),
    path("duplicates/<int:duplicate_pair_id>/reopen/", duplicates.reopen, name="reopen"),
    path("enrichment/", enrichment.show, name="enrichment"),
    path("merges/<int:merge_id>/undo/", duplicates.undo, name="undo-merge"),
    path("quarantine/", quarantine.show, name="quarantine"),
    path("quarantine/release/", quarantine.release, name="release"),
    path("quarantine/taken-up/", quarantine.take_up, name="take-up"),
    path("quarantine/hosts/", quarantine.let_in, name="let-in"),
    path("quarantine/hosts/<int:let_in_id>/", quarantine.hold, name="hold"),
    path("forms/", hosted_forms.forms, name="forms"),
    path("forms/<int:form_id>/close/", hosted_forms.close, name="close-form"),
    path("spend/", spend.spend, name="spend"),
    path("spend/file/", spend_files.read, name="spend-file"),
    path("spend/<int:spend_id>/delete/", spend.delete, name="delete-spend"),
    path("spend/restore/", spend.restore, name="restore-spend"),
    path("campaigns/new/", campaigns.new, name="new-campaign"),
    path("campaigns/<int:campaign_id>/", campaigns.plan, name="campaign"),
]
