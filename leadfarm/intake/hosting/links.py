"""Signed addresses that stand in mails and on pages of thanks: to confirm, to fetch a file."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import reverse

from leadfarm.consent.models import SignUp
from leadfarm.intake.models import Submission

CONFIRM, FILE = "leadfarm.confirm", "leadfarm.file"
FILE_LASTS = timedelta(days=7)


def to_confirm(signed: SignUp) -> str:
    """Return the path of the page that confirms a sign-up; how long it works stands on the row."""
    return reverse("forms:confirm", args=[_token(CONFIRM, signed.workspace_id, signed.pk)])


def to_file(submission: Submission) -> str:
    """Return the path of the file that a form gave in return for this submission."""
    return reverse("forms:file", args=[_token(FILE, submission.workspace_id, submission.pk)])


def read(use: str, token: str, lasts: timedelta | None = None) -> tuple[int, int] | None:
    """Return workspace and number; None where it was not signed here for this, or is too old."""
    try:
        said: Any = signing.loads(token[:300], salt=use, max_age=lasts)
    except signing.BadSignature:
        return None
    return int(said["w"]), int(said["n"])


def _token(use: str, workspace_id: int, number: int) -> str:
    return signing.dumps({"w": workspace_id, "n": number}, salt=use)
