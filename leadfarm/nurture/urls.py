"""Addresses of programs inside a workspace."""

from django.urls import path

from leadfarm.nurture.views import (
    acts,
    edits,
    enrolling,
    files,
    pages,
    publishing,
    rehearsing,
    replaying,
    steps,
    streams,
)

app_name = "nurture"
urlpatterns = [
    path("programs/", pages.show_list, name="list"),
    path("programs/new/", acts.make, name="make"),
    path("programs/file/", files.show, name="import"),
    path("programs/file/draft/", files.take, name="take-file"),
    path("programs/<int:program_id>/file/", files.export, name="export"),
    path("programs/<int:program_id>/", pages.show_tree, name="tree"),
    path("programs/<int:program_id>/test/", rehearsing.show, name="test"),
    path("programs/<int:program_id>/replay/", replaying.show, name="replay"),
    path("programs/<int:program_id>/leads/", pages.show_people, name="people"),
    path("programs/<int:program_id>/changes/", pages.show_changes, name="changes"),
    path("programs/<int:program_id>/steps/", edits.add_step, name="add-step"),
    path("programs/<int:program_id>/pasted/", edits.paste_step, name="paste-step"),
    path("programs/<int:program_id>/steps/<str:key>/", steps.set_step, name="set-step"),
    path(
        "programs/<int:program_id>/steps/<str:key>/removal/", edits.remove_step, name="remove-step"
    ),
    path("programs/<int:program_id>/steps/<str:key>/place/", edits.move_step, name="move-step"),
    path("programs/<int:program_id>/steps/<str:key>/copy/", edits.copy_step, name="copy-step"),
    path(
        "programs/<int:program_id>/steps/<str:key>/duplicate/",
        edits.duplicate_step,
        name="duplicate-step",
    ),
    path("programs/<int:program_id>/conditions/", steps.set_conditions, name="set-conditions"),
    path("programs/<int:program_id>/publication/", publishing.publication, name="publish"),
    path("programs/<int:program_id>/draft/removal/", edits.discard, name="discard"),
    path("programs/<int:program_id>/draft/<int:number>/undo/", edits.undo, name="undo"),
    path("programs/<int:program_id>/draft/<int:number>/redo/", edits.redo, name="redo"),
    path("programs/<int:program_id>/pause/", acts.pause, name="pause"),
    path("programs/<int:program_id>/resumption/", acts.resume, name="resume"),
    path("programs/ready-made/<slug:made>/", acts.use, name="use"),
    path("programs/streams/", streams.every, name="streams"),
    path("programs/streams/<int:stream_id>/", streams.one, name="stream"),
    path("programs/streams/pieces/<int:piece_id>/place/", streams.move, name="move-piece"),
    path("programs/streams/pieces/<int:piece_id>/removal/", streams.retire, name="retire-piece"),
    path(
        "programs/streams/pieces/<int:piece_id>/restoration/", streams.restore, name="restore-piece"
    ),
    path("enrolments/many/", enrolling.show, name="enrolling"),
    path(
        "enrolments/many/<int:program_id>/<int:number>/removal/",
        enrolling.undo,
        name="take-back",
    ),
    path("enrolments/", acts.enrol_leads, name="enrol"),
    path("enrolments/<int:enrolment_id>/removal/", acts.leave, name="leave"),
    path("enrolments/<int:enrolment_id>/rest/", acts.rest, name="rest"),
    path("enrolments/<int:enrolment_id>/rest/end/", acts.wake, name="wake"),
]
