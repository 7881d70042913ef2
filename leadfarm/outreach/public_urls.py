"""Addresses outside the walls: what stands in mails. Each carries its own signature."""

from django.urls import path

from leadfarm.outreach.views import archive, public

app_name = "post"
urlpatterns = [
    path("c/<str:token>", public.click, name="click"),
    path("n/<str:token>", archive.show, name="archive"),
    path("u/<str:token>", public.way_out, name="way-out"),
]
