"""bench capture: forms sent over HTTP, one after the other, against a bare INSERT there."""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions import capture
from leadfarm.intake.actions.hosting import Settings, make_form, open_form
from leadfarm.intake.arrival import Sent
from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.hosting.design import asking
from leadfarm.intake.models import Form, Receipt
from leadfarm.leads.models import Lead
from leadfarm.project.bench import base as bases
from leadfarm.project.bench import people
from leadfarm.project.bench.door import FLOOR
from leadfarm.project.bench.figure import Figure, Meter
from leadfarm.project.bench.ground import NOW
from leadfarm.project.bench.serving import serving
from leadfarm.rules.codes import TouchKind

GOAL = "ratio <= 3, p99 < 100 ms"
FIELDS = ("given_name", "family_name", "company", "job_title", "phone")
# One address may send so many forms without a proof of work: the bench comes from many.
EACH_ADDRESS = 15
WARM_UP = 20
SOMEBODY = "floor@bench.example"


def run(leads: int, base: int) -> Iterator[Figure]:
    """Send `leads` forms by new people; after each, the floor does its INSERT."""
    workspace = bases.ensure(base)
    form = _form(workspace)
    figure, clock = Figure("capture", leads, base, goal=GOAL), Meter()
    taken: list[float] = []
    floors: list[float] = []
    with _server(workspace) as port, clock.running():
        first = time.time_ns() // 1_000_000_000
        for number in range(leads + WARM_UP):
            body = urlencode(_answers(first + number))
            source = _source(first, number)
            taken.append(_post(port, source, f"/f/{form.slug}/", body, 303))
            floors.append(_post(port, source, FLOOR, "", 204))
    _see_all_captured(form, leads + WARM_UP)
    taken, floors = taken[WARM_UP:], floors[WARM_UP:]
    figure.took(clock, sum(floors))
    figure.seconds, figure.cpu_seconds = sum(taken), None
    figure.per_second, figure.ratio = leads / sum(taken), sum(taken) / sum(floors)
    figure.times(taken)
    yield figure


def _see_all_captured(form: Form, many: int) -> None:
    """Raise where one of the last forms was kept and not captured: whoever sent it was thanked."""
    with within(form.workspace):
        last = Receipt.objects.of(form.workspace).filter(form=form).order_by("-id")[:many]
        captured = sum(one.state == ReceiptState.CAPTURED for one in last)
    if captured < many:
        raise LeadfarmError(
            f"Of {many} forms only {captured} were captured.", "See the web server's log."
        )


def _form(workspace: Workspace) -> Form:
    with within(workspace):
        slug = f"bench-{workspace.id}"
        there = Form.objects.filter(workspace=workspace, slug=slug).first()
        if there:
            return there
        settings = Settings(name="Bench", slug=slug, kind=TouchKind.FORM)
        return open_form(make_form(workspace, settings, asking(FIELDS), now=NOW), by=None, now=NOW)


def _answers(number: int) -> dict[str, str]:
    email, given, family, company, title, phone, *_ = people.person(number)
    named = {"email": email, "given_name": given, "family_name": family}
    return {**named, "company": company, "job_title": title, "phone": phone}


@contextmanager
def _server(workspace: Workspace) -> Iterator[int]:
    """Run the web server as `leadfarm serve` does, on the bench's door; give its port."""
    more = {
        "LEADFARM_BENCH_WORKSPACE": str(workspace.id),
        "LEADFARM_BENCH_LEAD": str(_somebody(workspace)),
        "LEADFARM_ROLE": "web",
    }
    with serving("door", more, lambda port: _post(port, "127.0.0.2", FLOOR, "", 204)) as port:
        yield port


def _somebody(workspace: Workspace) -> int:
    """Return the lead that the floor adds touches to; made where there is none yet."""
    with within(workspace):
        there = Lead.objects.of(workspace).values_list("id", flat=True).first()
        return there or capture(workspace, Sent(SOMEBODY, TouchKind.FORM), now=NOW).lead.id


def _source(run: int, number: int) -> str:
    """Return the address of this machine that a form comes from; the next run takes others."""
    each = number // EACH_ADDRESS + 2
    return f"127.{run % 250 + 1}.{each // 250}.{each % 250}"


def _post(port: int, source: str, path: str, body: str, wanted: int) -> float:
    """Send one POST from this address; return its seconds, connecting included."""
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(source, 0))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    began = time.perf_counter()
    caller.request("POST", path, body, kind)
    answer = caller.getresponse()
    answer.read()
    took = time.perf_counter() - began
    caller.close()
    if answer.status != wanted:
        raise LeadfarmError(f"{path} answered {answer.status} where {wanted} was expected.")
    return took
