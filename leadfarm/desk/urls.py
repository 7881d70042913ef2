"""Addresses of the desk inside a workspace."""

from django.urls import path

from leadfarm.desk.views import brief, coverage, today

app_name = "desk"
urlpatterns = [
    path("today/", today.show, name="today"),
    path("coverage/", coverage.show, name="coverage"),
    path("tasks/<int:task_id>/completion/", today.complete, name="complete"),
    path("tasks/<int:task_id>/snooze/", today.put_off, name="snooze"),
    path("tasks/<int:task_id>/due/", today.move_due, name="due"),
    path("tasks/<int:task_id>/skip/", today.skip, name="skip"),
    path("leads/<int:lead_id>/brief/", brief.show, name="brief"),
]
