"""The ledger as people read it, the doubts they resolve, and the mailbox of a demo."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.outreach.actions import cancel, mark_as_sent, send_again
from leadfarm.outreach.codes import MessageKind, MessageState
from leadfarm.outreach.models import MailboxMail, Message, Sender
from leadfarm.outreach.views.shared import WRITERS, done, found_or_404, mail_page
from leadfarm.rules.codes import Role
from leadfarm.rules.consent import HeldBecause
from leadfarm.ui.numbers import row_id

PAGE = 50
LOOKS = {
    MessageState.SENT: "good",
    MessageState.IN_DOUBT: "warn",
    MessageState.HELD: "warn",
    MessageState.FAILED: "bad",
    MessageState.BOUNCED: "bad",
}
WORDS = {MessageKind.TO_COLLEAGUE: "Notifications", MessageKind.TEST: "A line to test with"}
ACTS = {
    "sent": (mark_as_sent, "Noted as sent."),
    "again": (send_again, "It is in the queue again, under the same Message-ID."),
    "cancel": (cancel, "The message is taken back."),
}


@require_safe
@only(*Role)
def every(request: InsideRequest) -> HttpResponse:
    """List messages, the newest plan first; `state` narrows, `before` pages."""
    state = MessageState.read(request.GET.get("state", ""))
    messages = (
        Message.objects.of(request.workspace)
        .select_related("contact", "member", "template_version__template", "text")
        .order_by("-id")
    )
    if state is not None:
        messages = messages.filter(state=state)
    if before := row_id(request.GET.get("before", "")):
        messages = messages.filter(id__lt=before)
    found = list(messages[: PAGE + 1])
    sender = Sender.objects.of(request.workspace).first()
    context = {
        "rows": [_row(message, sender) for message in found[:PAGE]],
        "state": state,
        "states": list(MessageState),
        "next": f"?state={state.slug if state else ''}&before={found[PAGE - 1].id}"
        if len(found) > PAGE
        else "",
        "doubts": _count(request, MessageState.IN_DOUBT),
        "may_resolve": request.member.role in WRITERS,
    }
    return mail_page(request, "outreach/messages.html", "outreach:messages", context)


def _row(message: Message, sender: Sender | None) -> dict[str, object]:
    state, kind = MessageState(message.state), MessageKind(message.kind)
    domain = sender.domain if sender else "…"
    version = message.template_version
    words = version.template.name if version else WORDS.get(kind, "Written by hand")
    return {
        "message": message,
        "words": words,
        "kind": kind.label,
        "state": state,
        "look": LOOKS.get(state, ""),
        "why": HeldBecause(message.held_because).label if message.held_because else "",
        "message_id": f"{message.mail_key}@{domain}",
        "says_why": bool(message.smtp_reply) and state is not MessageState.SENT,
        "waits": state.goes_on and state is not MessageState.LEASED,
        "doubtful": state is MessageState.IN_DOUBT,
        "failed": state is MessageState.FAILED,
    }


def _count(request: InsideRequest, state: MessageState) -> int:
    return Message.objects.of(request.workspace).filter(state=state).count()


@require_POST
@only(*WRITERS)
def act(request: InsideRequest, message_id: int, what: str) -> HttpResponse:
    """Resolve a doubt, send again, or take back."""
    message = found_or_404(Message, request, message_id)
    if what not in ACTS:
        raise Http404("No such act.")
    verb, said = ACTS[what]
    return done(request, lambda: verb(message, now=request.now), said, "outreach:messages")


act.walked_with = {"what": "cancel"}  # type: ignore[attr-defined]


@require_safe
@only(*Role)
def mailbox(request: InsideRequest) -> HttpResponse:
    """Show what each contact of a demo received; `contact` narrows, `mail` opens one."""
    if not request.workspace.is_demo:
        raise Http404("Only a demo has a mailbox.")
    mails = MailboxMail.objects.of(request.workspace).select_related("contact").order_by("-id")
    if contact := row_id(request.GET.get("contact", "")):
        mails = mails.filter(contact_id=contact)
    shown = list(mails.defer("html", "text", "headers")[:PAGE])
    wanted = row_id(request.GET.get("mail", ""))
    opened = mails.filter(id=wanted).first() if wanted else None
    if opened is None and shown:
        opened = mails.filter(id=shown[0].id).first()
    context = {"mails": shown, "opened": opened, "contact": contact or "", "chosen": bool(wanted)}
    return mail_page(request, "outreach/mailbox.html", "outreach:mailbox", context)
