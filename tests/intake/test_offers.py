"""A file in return for an address: handed out by links that expire, fetched by humans (S2-2)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leadfarm.consent.models import AskedMail
from leadfarm.intake.hosting import links
from leadfarm.intake.models import Download, Form, OfferFile, Submission
from leadfarm.intake.ticks import judge_downloads
from leadfarm.leads.models import Touch
from leadfarm.rules.codes import TouchKind
from tests.intake.hosting import opened, send
from tests.world import World

PDF = b"%PDF-1.7\nTwelve pages."
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130 Safari/537.36"


def upload(world: World, form: Form, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content, content_type="text/html")
    where = world.address(f"forms/{form.pk}/file/")
    return world.client(world.mei).post(where, {"file": file}, follow=True)


def test_s2_2_a_gated_file_is_delivered_and_logged(world: World) -> None:
    """By the page of thanks and by mail; the first human download is a touch, machines' count
    for nothing (law 8).
    """
    form = opened(world, kind=TouchKind.DOWNLOAD)
    assert "White paper.pdf is what" in upload(world, form, "White paper.pdf", PDF).content.decode()
    answer = send(form, {"email": "vera@x.example"})
    with world.inside():
        sent = Submission.objects.of(world.workspace).get()
        mail = AskedMail.objects.of(world.workspace).get()
        assert mail.text is not None
        link = links.to_file(sent)
        assert "/f/file/" in mail.text.body
    assert "White paper.pdf" in Client().get(answer["Location"]).content.decode()
    got = Client().get(link, headers={"user-agent": "Barracuda link scanner"})
    assert got.getvalue() == PDF
    assert got["Content-Disposition"] == 'attachment; filename="White paper.pdf"'
    assert (got["X-Content-Type-Options"], got["Content-Type"]) == ("nosniff", "application/pdf")
    assert Client().head(link).status_code == 200
    for _ in range(2):
        Client().get(link, headers={"user-agent": BROWSER})
    with world.inside():
        touches = Touch.objects.of(world.workspace).filter(kind=TouchKind.DOWNLOAD)
        assert not touches.exists()  # reading decides nothing
    with world.as_worker():
        later = datetime.now(UTC) + timedelta(seconds=10)
        assert judge_downloads(world.workspace.id, later) == 3
        assert judge_downloads(world.workspace.id, later) == 0
    with world.inside():
        assert [one.by_machine for one in touches.order_by("happened_at")] == [True, False]
        assert Download.objects.of(world.workspace).filter(by_machine=False).count() == 2
    page = world.client(world.mei).get(world.address(f"forms/{form.pk}/")).content.decode()
    assert "Fetched the file" in page


def test_a_link_to_a_file_expires_and_cannot_be_made_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = opened(world)
    upload(world, form, "a.pdf", PDF)
    send(form, {"email": "vera@x.example"})
    with world.inside():
        sent = Submission.objects.of(world.workspace).get()
    link = links.to_file(sent)
    forged = signing.dumps({"w": world.workspace.id, "n": sent.pk}, salt="leadfarm.confirm")
    assert Client().get(f"/f/file/{forged}/").status_code == 404
    monkeypatch.setattr(links, "FILE_LASTS", timedelta(seconds=-1))
    assert Client().get(link).status_code == 404
    monkeypatch.undo()
    client = world.client(world.mei)
    client.post(world.address(f"forms/{form.pk}/file/removal/"))
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("page.html", b"<script>alert(1)</script>", "not handed out"),
        ("picture.svg", b"<svg/>", "not handed out"),
        ("paper.pdf", b"<html>", "something else inside"),
        ("paper.pdf", b"", "empty"),
        ("big.txt", b"x" * (26 << 20), "larger than 25 MB"),
    ],
)
def test_what_could_run_or_is_too_large_is_not_offered(
    world: World, name: str, content: bytes, says: str
) -> None:
    form = opened(world)
    assert says in upload(world, form, name, content).content.decode()
    with world.inside():
        assert not OfferFile.objects.of(world.workspace).exists()
