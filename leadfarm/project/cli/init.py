"""leadfarm init: a company's own workspace, opened by a link or at once."""

import argparse
import getpass
import os
import secrets
import subprocess
import sys
from typing import TYPE_CHECKING

from leadfarm.engine.errors import LeadfarmError
from leadfarm.project.cli.command import Command

if TYPE_CHECKING:
    from leadfarm.access.models import User, Workspace

PASSWORD = "LEADFARM_ADMIN_PASSWORD"  # noqa: S105 (the name of a variable)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing for a link; a workspace and its admin to open it at once."""
    parser.add_argument("--workspace", metavar="SLUG", help="open /w/SLUG/ now, without a link")
    parser.add_argument("--company", metavar="NAME", help="what it is called (as SLUG)")
    parser.add_argument(
        "--email", metavar="ADDRESS", help="its admin, who signs in by this address"
    )
    parser.add_argument("--name", default="", help="what the admin is called (as ADDRESS)")
    parser.add_argument(
        "--time-zone", default="UTC", metavar="ZONE", help="its clock, as Europe/Berlin (UTC)"
    )
    parser.add_argument(
        "--country", default="DE", metavar="CC", help="its country, two letters (DE)"
    )
    parser.add_argument(
        "--currency", default="EUR", metavar="CUR", help="its money, three letters (EUR)"
    )


def run(options: argparse.Namespace) -> int:
    """Prepare the database, then print the link, or open the workspace that is named."""
    from leadfarm.project.cli.ground import start_django

    if bool(options.workspace) != bool(options.email):
        raise LeadfarmError(
            "--workspace and --email go together.", "Name both, or neither to get a link."
        )
    _migrate()
    start_django("web")
    if not options.workspace:
        print(f"Open your company's workspace within a day, by this link, once:\n{_link()}")
        return 0
    workspace, generated = _open(options)
    print(f"{workspace.name} is at {_address()}/w/{workspace.slug}/")
    if generated:
        print(f"{options.email} signs in with the password {generated}, shown only here.")
    return 0


def _migrate() -> None:
    """In a process of its own: it needs the owner's rights, which this one must not have."""
    command = [sys.executable, "-m", "leadfarm", "migrate"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode:
        raise LeadfarmError("The database could not be prepared.", "What is wrong stands above.")


def _address() -> str:
    from leadfarm.outreach.addresses import base

    return base()


def _link() -> str:
    from django.urls import reverse
    from django.utils import timezone

    from leadfarm.access.first_run import make_key

    return _address() + reverse("door:opening", kwargs={"key": make_key(timezone.now())})


def _open(options: argparse.Namespace) -> "tuple[Workspace, str]":
    """Return the workspace and the password made for its admin; "" when one was given."""
    from django.db import transaction
    from django.utils import timezone

    from leadfarm.access import actions
    from leadfarm.access.furnishing import furnish
    from leadfarm.access.walls import within
    from leadfarm.rules.codes import Role

    _check(options)
    now = timezone.now()
    shape = actions.Opening(
        name=options.company or options.workspace,
        slug=options.workspace,
        time_zone=options.time_zone,
        country=options.country.upper(),
        currency=options.currency.upper(),
    )
    with transaction.atomic():
        user, generated = _admin(options.email, options.name, now)
        workspace = actions.open_workspace(shape, now=now)
        with within(workspace):
            actions.add_member(workspace, user, Role.ADMIN, now=now)
            furnish(workspace, now)
    return workspace, generated


def _check(options: argparse.Namespace) -> None:
    """Say plainly what the form of the first-run page would have said."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email, validate_slug

    from leadfarm.access import forms

    if options.time_zone not in dict(forms.zones()):
        raise LeadfarmError(f"{options.time_zone!r} is no time zone.", "Such as Europe/Berlin.")
    try:
        validate_slug(options.workspace)
        validate_email(options.email)
        forms.country(options.country)
    except ValidationError as error:
        raise LeadfarmError(" ".join(error.messages)) from None


def _admin(email: str, name: str, now: object) -> "tuple[User, str]":
    """Return the account of this address, and the password made for it, if one was."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from leadfarm.access.models import User

    known = User.objects.filter(email=email.strip().lower()).first()
    if known:
        return known, ""
    given = os.environ.get(PASSWORD, "")
    if not given and sys.stdin.isatty():
        given = getpass.getpass(f"A password for {email} (empty: one is made): ")
    word = given or secrets.token_urlsafe(15)
    user = User(email=email.strip().lower(), name=name or email)
    try:
        validate_password(word, user)
    except ValidationError as error:
        raise LeadfarmError("This password will not do.", " ".join(error.messages)) from None
    made = User.objects.create_user(email, word, name=name or email, date_joined=now)
    return made, "" if given else word


COMMAND = Command(
    summary="a workspace for your own company",
    description="Prepare the database and print a link that opens a workspace with its admin, in"
    " the\nbrowser, once, within a day. With --workspace and --email the workspace is opened at"
    " once;\nthe admin's password is read from LEADFARM_ADMIN_PASSWORD or the terminal, else made"
    " and\nprinted. What is imported with dates before this moment counts as history.",
    examples=(
        "leadfarm init",
        "leadfarm init --workspace nordpump --company 'Nordpump GmbH' --email ana@nordpump.example",
    ),
    run=run,
    arguments=arguments,
    environment=(
        (PASSWORD, "the admin's password, 12 characters at least (asked, or made and printed)"),
        ("LEADFARM_URL", "the public address, for the link (http://127.0.0.1:8000)"),
    ),
)
