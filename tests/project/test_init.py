"""leadfarm init: a real company can start (S0-1)."""

import argparse
import re

import pytest

from leadfarm.engine.errors import LeadfarmError
from leadfarm.project.cli import init


def options(**said: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    init.arguments(parser)
    words = [f"--{name.replace('_', '-')}={value}" for name, value in said.items()]
    return parser.parse_args(words)


def test_a_workspace_and_its_admin_are_opened_at_once(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S0-1: the admin can sign in, and is the only member."""
    from leadfarm.access.models import Member, User
    from leadfarm.access.walls import within
    from leadfarm.rules.codes import Role

    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    asked = options(workspace="nordpump-init", company="Nordpump", email="Ana@nordpump.example")
    workspace, password = init._open(asked)
    assert workspace.name == "Nordpump"
    assert User.objects.get(email="ana@nordpump.example").check_password(password)
    with within(workspace):
        (admin,) = Member.objects.of(workspace)
    assert admin.role == Role.ADMIN
    with pytest.raises(LeadfarmError, match="is taken"):
        init._open(asked)


def test_the_link_opens_the_first_run_page(database: str) -> None:
    from django.test import Client

    link = init._link()
    path = re.sub(r"^https?://[^/]+", "", link)
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"time_zone": "Mars/Olympus"}, "no time zone"),
        ({"country": "XX"}, "no country code"),
        ({"email": "ana"}, "valid email"),
        ({"workspace": "a b"}, "slug"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_made(
    database: str, said: dict[str, str], complaint: str
) -> None:
    whole = {"workspace": "never-made", "email": "ana@nordpump.example"} | said
    with pytest.raises(LeadfarmError, match=complaint):
        init._open(options(**whole))


def test_a_workspace_without_an_admin_is_refused() -> None:
    with pytest.raises(LeadfarmError, match="go together"):
        init.run(options(workspace="lonely"))
