"""Who sees which entry of the bar; how forms and messages come out."""

from django import forms
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import include, path

from leadfarm.ui.forms import Switch
from leadfarm.ui.navigation import Entry, Registry
from leadfarm.ui.toasts import toast, undo_address

PD, MANAGER = 2, 4


def _view(request: object) -> None: ...


inside = ([path("leads/", _view, name="list"), path("board/", _view, name="board")], "demo")
urlpatterns = [path("w/<slug:workspace>/", include(inside))]


@override_settings(ROOT_URLCONF=__name__)
def test_the_bar_has_its_entries_in_order_and_by_role() -> None:
    registry = Registry()
    registry.register(
        Entry(
            label="Scoreboard",
            url_name="demo:board",
            icon="bars",
            order=60,
            roles=frozenset({MANAGER}),
        ),
        Entry(label="Leads", url_name="demo:list", icon="leads", order=20, key="l"),
    )
    request = RequestFactory().get("/w/acme/leads/7/")
    as_pd = registry.links("bar", request, "acme", PD)
    as_manager = registry.links("bar", request, "acme", MANAGER)
    assert [link.label for link in as_pd] == ["Leads"]
    assert [link.label for link in as_manager] == ["Leads", "Scoreboard"]
    assert [link.current for link in as_manager] == [True, False]


class Small(forms.Form):
    """Two fields are enough to see the dress."""

    name = forms.CharField(help_text="As on the card.")
    quiet = forms.BooleanField(widget=Switch, required=False)


def test_a_field_names_its_help_and_its_error_to_screen_readers() -> None:
    page = str(Small({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'role="switch"' in page


def test_a_message_carries_its_undo() -> None:
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    toast(request, "12 leads deferred", undo="/w/acme/undo/7/")
    [message] = list(request._messages)  # type: ignore[attr-defined]
    assert undo_address(message.extra_tags) == "/w/acme/undo/7/"
    drawn = render_to_string("ui/toasts.html", {"messages": [message]}, request)
    assert 'action="/w/acme/undo/7/"' in drawn
