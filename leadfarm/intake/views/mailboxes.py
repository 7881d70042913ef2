"""Mailboxes: IMAP accounts whose new mail comes in; set up, and closed."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.mail.polling import close_mailbox, open_mailbox, reopen_mailbox
from leadfarm.intake.models import Mailbox
from leadfarm.intake.views.imports import LEADING
from leadfarm.leads.models import Source
from leadfarm.ui.toasts import alarm, toast


class MailboxForm(forms.Form):
    """An account and how it is reached; always by TLS."""

    address = forms.EmailField(help_text="What people write to, as in info@company.example.")
    host = forms.CharField(max_length=253, label="IMAP server")
    port = forms.IntegerField(min_value=1, max_value=65535, initial=993)
    user = forms.CharField(max_length=254)
    password = forms.CharField(
        max_length=300,
        widget=forms.PasswordInput,
        help_text="Kept sealed; an app password is best.",
    )
    folder = forms.CharField(max_length=120, initial="INBOX")
    source = forms.CharField(max_length=120, initial="Mail")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def mailboxes(request: InsideRequest) -> HttpResponse:
    """List the mailboxes; a POST adds one."""
    form = MailboxForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        source, _ = Source.objects.get_or_create(workspace=request.workspace, name=told["source"])
        server = (told["host"].strip(), told["port"])
        try:
            open_mailbox(
                request.workspace, told["address"], server, told["user"], told["password"],
                folder=told["folder"], source=source,
            )  # fmt: skip
        except LeadfarmError as wrong:
            form.add_error(None, str(wrong))
        else:
            toast(request, "The mailbox is looked into every minute from now on.")
            return _back(request)
    found = Mailbox.objects.of(request.workspace).select_related("source").order_by("-id")
    return render(request, "intake/mailboxes.html", {"form": form, "mailboxes": found})


@require_POST
@only(*LEADING)
def closing(request: InsideRequest, mailbox_id: int) -> HttpResponse:
    """Look into the mailbox no more; the toast takes it back."""
    found = _mailbox(request, mailbox_id)
    close_mailbox(found, now=request.now)
    holes = {"workspace": request.workspace.slug, "mailbox_id": found.pk}
    undo = reverse("intake:open-mailbox", kwargs=holes)
    toast(request, f"{found} is looked into no more.", undo=undo)
    return _back(request)


@require_POST
@only(*LEADING)
def reopening(request: InsideRequest, mailbox_id: int) -> HttpResponse:
    """Look into a closed mailbox again, from where it was left."""
    try:
        reopen_mailbox(_mailbox(request, mailbox_id))
    except LeadfarmError as wrong:
        alarm(request, str(wrong))
    return _back(request)


def _mailbox(request: InsideRequest, mailbox_id: int) -> Mailbox:
    return get_object_or_404(Mailbox.objects.of(request.workspace), pk=mailbox_id)


def _back(request: InsideRequest) -> HttpResponse:
    return redirect("intake:mailboxes", workspace=request.workspace.slug)
