"""What the links in a mail lead to. A GET notes at most that it was asked; a POST decides."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from leadfarm.access.walls import within
from leadfarm.consent.actions import Proof, change_preferences, unsubscribe
from leadfarm.consent.models import Consent, Suppression
from leadfarm.leads.models import Contact
from leadfarm.leads.recognising import Word, with_word
from leadfarm.outreach.models import Click, Link, Message
from leadfarm.outreach.tokens import Token, read
from leadfarm.rules.consent import Channel, Purpose
from leadfarm.rules.networks import network_of

REFUSABLE = [purpose for purpose in Purpose if purpose.can_be_refused]


@require_safe
def click(request: HttpRequest, token: str) -> HttpResponse:
    """Note the click and lead on to the address that stands in the template, nowhere else.

    A HEAD request is a machine's and is not noted.
    """
    said = read("click", token)
    if said is None:
        raise Http404("This link is damaged.")
    with within(said.workspace_id):
        message = Message.objects.of(said.workspace_id).filter(id=said.message_id).first()
        link = _link(said, message)
        if message is None or link is None:
            raise Http404("This link leads nowhere any more.")
        if request.method == "GET":
            _note(request, said)
    if link.is_hidden:
        return HttpResponse(status=204)
    answer = HttpResponseRedirect(with_word(link.url, _word(message, request)))
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def way_out(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, do on POST: no more mail, or the chosen purposes only.

    RFC 8058: mail programs post `List-Unsubscribe=One-Click` without cookie or CSRF token; the
    signed address is what lets them.
    """
    said = read("unsubscribe", token)
    if said is None:
        raise Http404("This link is damaged.")
    with within(said.workspace_id):
        message = _message(said)
        done = _decide(request, message) if request.method == "POST" else ""
        assert message.contact is not None
        purposes = _purposes(message.contact)
        page = {
            "company": message.workspace.name,
            "address": _masked(message.contact.email),
            "purposes": purposes,
            "gets_any": any(wanted for _, wanted in purposes),
            "done": done,
        }
        return render(request, "outreach/way_out.html", page)


def _message(said: Token) -> Message:
    messages = Message.objects.of(said.workspace_id).select_related("lead", "contact", "workspace")
    found = messages.filter(id=said.message_id).first()
    if found is None or found.contact is None or found.lead is None:
        raise Http404("This link leads nowhere any more.")
    return found


def _link(said: Token, message: Message | None) -> Link | None:
    if message is None or message.template_version_id is None:
        return None
    links = Link.objects.of(said.workspace_id).filter(version_id=message.template_version_id)
    return links.filter(number=said.number).first()


def _note(request: HttpRequest, said: Token) -> None:
    Click.objects.create(
        workspace_id=said.workspace_id,
        message_id=said.message_id,
        link_number=said.number,
        clicked_at=request.now,  # type: ignore[attr-defined]
        user_agent=request.headers.get("User-Agent", "").replace("\x00", "")[:300],
        network=network_of(request.META.get("REMOTE_ADDR", "")),
    )


def _word(message: Message, request: HttpRequest) -> Word:
    """Return whose link it was, for the company's own website; it counts once judged human."""
    at: datetime = request.now  # type: ignore[attr-defined]
    people = (message.contact_id or 0, message.lead_id or 0)
    return Word(message.workspace_id, message.id, *people, int(at.timestamp()))


def _decide(request: HttpRequest, message: Message) -> str:
    now: datetime = request.now  # type: ignore[attr-defined]
    assert message.lead is not None
    assert message.contact is not None
    if "preferences" not in request.POST:
        unsubscribe(message.lead, message.contact, now=now, message_id=message.id)
        return "You will get no more mail from us."
    wanted = [p for p in REFUSABLE if p.slug in request.POST.getlist("purpose")]
    ip = network_of(request.META.get("REMOTE_ADDR", "")).split("/")[0] or None
    proof = Proof("preferences 1", "Preferences page", "I want to receive: …", ip)
    change_preferences(message.lead, message.contact, wanted, proof, now=now)
    return "Your choice is saved."


def _purposes(contact: Contact) -> list[tuple[Purpose, bool]]:
    """Return each purpose that can be refused, and whether the contact gets it now."""
    bars = Suppression.objects.of(contact.workspace_id).filter(
        contact=contact, lifted_at=None, channel__in=[Channel.MAIL, Channel.ALL]
    )
    barred = set(bars.values_list("purpose", flat=True))
    agreed = set(
        Consent.objects.of(contact.workspace_id)
        .filter(contact=contact, withdrawn_at=None)
        .values_list("purpose", flat=True)
    )
    return [
        (p, not {None, int(p)} & barred and (not p.needs_consent or int(p) in agreed))
        for p in REFUSABLE
    ]


def _masked(address: str) -> str:
    local, _, domain = address.partition("@")
    return f"{local[:1]}…@{domain}" if domain else "this address"
