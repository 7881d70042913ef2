"""Addresses of hosted forms and webhooks, open to everybody."""

from django.urls import path, re_path

from leadfarm.intake.views import confirming, offers, public_forms, public_hooks, thanks

app_name = "forms"
urlpatterns = [
    re_path(r"^f/colours/(?P<accent>[0-9a-f]{6})\.css$", public_forms.colours, name="colours"),
    path("f/confirm/<str:token>/", confirming.confirm, name="confirm"),
    path("f/file/<str:token>/", offers.fetch, name="file"),
    path("f/<slug:slug>/", public_forms.show, name="hosted"),
    path("f/<slug:slug>/frame/", public_forms.embed, name="framed"),
    path("f/<slug:slug>/forget/", public_forms.forget, name="forget"),
    path("f/<slug:slug>/thanks/<str:token>/", thanks.show, name="thanks"),
    path("f/<slug:slug>/frame/thanks/<str:token>/", thanks.framed, name="framed-thanks"),
    path("in/<slug:token>/", public_hooks.receive_hook, name="webhook"),
]
