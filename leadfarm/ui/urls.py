"""Addresses of the ui room: only its gallery."""

from django.urls import path

from leadfarm.ui import views

app_name = "ui"
urlpatterns = [path("gallery/", views.gallery, name="gallery")]
