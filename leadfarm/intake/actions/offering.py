"""The file a form gives in return: taken in, kept in the data folder, handed out, taken away."""

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from leadfarm.access.models import Member
from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.home import make_folder
from leadfarm.intake.models import Form, OfferFile

LARGEST = 25 * 2**20
# What may be offered, by the end of its name, with the first bytes that such a file has.
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK",)),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK",)),
    ".pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        (b"PK",),
    ),
    ".zip": ("application/zip", (b"PK",)),
    ".epub": ("application/epub+zip", (b"PK",)),
    ".png": ("image/png", (b"\x89PNG",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    ".csv": ("text/csv", ()),
    ".txt": ("text/plain", ()),
}


def path_of(offer: OfferFile) -> Path:
    """Return where the file lies, named by its content: a new one never overwrites what is read."""
    folder = Path(settings.MEDIA_ROOT) / "offers" / str(offer.workspace_id)
    return folder / f"{offer.form_id}-{offer.digest[:32]}"


def offer_file(
    form: Form, name: str, blocks: Iterable[bytes], *, by: Member, now: datetime
) -> OfferFile:
    """Keep a file as what this form gives, in place of an earlier one.

    LeadfarmError where it is too large or none of the kinds that may be offered.
    """
    content = _within_limit(blocks)
    shown = name.replace("\x00", "").replace("\\", "/").rsplit("/", 1)[-1].strip()[-120:]
    end = Path(shown).suffix.lower()
    _refuse_others(end, content)
    made = OfferFile(
        workspace_id=form.workspace_id,
        form=form,
        name=shown,
        media_type=KINDS[end][0],
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        added_at=now,
        added_by=by,
    )
    _write(path_of(made), content)
    with transaction.atomic():
        OfferFile.objects.of(form.workspace_id).filter(form=form).delete()
        made.save(force_insert=True)
    return made


def take_away(form: Form) -> bool:
    """Offer nothing any more; links to the file lead nowhere from now on."""
    return OfferFile.objects.of(form.workspace_id).filter(form=form).delete()[0] > 0


def _within_limit(blocks: Iterable[bytes]) -> bytes:
    content = bytearray()
    for block in blocks:
        content += block
        if len(content) > LARGEST:
            raise LeadfarmError(
                f"The file is larger than {LARGEST >> 20} MB.", "Offer a smaller one."
            )
    return bytes(content)


def _refuse_others(end: str, content: bytes) -> None:
    if end not in KINDS:
        known = ", ".join(kind.removeprefix(".") for kind in KINDS)
        raise LeadfarmError("Files of this kind are not handed out.", f"Offer one of: {known}.")
    if not content:
        raise LeadfarmError("The file is empty.", "Choose another one.")
    begins = KINDS[end][1]
    if begins and not content.startswith(begins):
        raise LeadfarmError(
            f"Its name ends in {end}, but it is something else inside.", "Save it anew as such."
        )


def _write(path: Path, content: bytes) -> None:
    make_folder(path.parent)
    draft = path.with_suffix(".part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    draft.rename(path)
