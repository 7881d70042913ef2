"""A browser that talks to Django directly: no server, no database, all through the client."""

import mimetypes
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

PLAIN_FILES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ORIGIN = "http://localhost"
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")


@pytest.fixture(autouse=True)
def _gallery_is_open(settings: Any) -> None:
    settings.LEADFARM_GALLERY = True
    settings.STORAGES = PLAIN_FILES
    settings.ALLOWED_HOSTS = ["*"]


def answer(route: Any) -> None:
    """Answer a request of the browser: a file from the finders, else a page from the client."""
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        # A mark drawn once and kept may name the file as other tests serve it, with its hash.
        found = finders.find(HASH.sub("", path.removeprefix("/static/")))
        if not found:
            route.fulfill(status=404)
            return
        route.fulfill(path=found, content_type=mimetypes.guess_type(str(found))[0] or "text/plain")
        return
    response = Client().get(path, headers={"host": "localhost"})
    route.fulfill(
        status=response.status_code, headers=dict(response.items()), body=response.content
    )


@pytest.fixture
def page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a path at a width in a theme and hands back the page."""
    contexts: list[Any] = []

    def open_page(path: str, *, width: int = 1440, dark: bool = False) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            has_touch=width < 500,
        )
        contexts.append(context)
        tab = context.new_page()
        tab.complaints = []
        tab.on(
            "console",
            lambda said: tab.complaints.append(said.text) if said.type == "error" else None,
        )
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.route("**/*", answer)
        tab.goto(ORIGIN + path)
        return tab

    yield open_page
    for context in contexts:
        context.close()
