"""Addresses of mail inside a workspace."""

from django.urls import path

from leadfarm.outreach.views import (
    frames,
    letters,
    mailings,
    messages,
    new_mailing,
    senders,
    sending,
    templates,
)

app_name = "outreach"
urlpatterns = [
    path("leads/<int:lead_id>/mail/", letters.write, name="letter"),
    path("mail/", templates.every, name="templates"),
    path("mail/templates/<int:template_id>/", templates.one, name="template"),
    path("mail/templates/<int:template_id>/checked/", templates.checked, name="checked"),
    path("mail/templates/<int:template_id>/test/", templates.test, name="template-test"),
    path("mail/templates/<int:template_id>/preview/", frames.draft, name="preview"),
    path("mail/versions/<int:template_version_id>/preview/", frames.version, name="version"),
    path("mail/mailings/", mailings.every, name="mailings"),
    path("mail/mailings/new/", new_mailing.make, name="new-mailing"),
    path("mail/mailings/<int:mailing_id>/", mailings.one, name="mailing"),
    path("mail/mailings/<int:mailing_id>/audience/", mailings.audience, name="mailing-audience"),
    path("mail/mailings/<int:mailing_id>/<slug:what>/", mailings.act, name="mailing-act"),
    path("mail/messages/", messages.every, name="messages"),
    path("mail/messages/<int:message_id>/<slug:what>/", messages.act, name="message"),
    path("mail/sender/", senders.show, name="sender"),
    path("mail/sender/save/", senders.sender, name="sender-save"),
    path("mail/server/save/", senders.server, name="server-save"),
    path("mail/sender/dns/", senders.dns, name="dns"),
    path("mail/test/", senders.test, name="test"),
    path("mail/sending/", sending.show, name="sending"),
    path("mail/sending/limits/", sending.limits, name="limits"),
    path("mail/sending/pause/", sending.pause, name="pause"),
    path("mail/sending/resumption/", sending.resume, name="resume"),
    path("mailbox/", messages.mailbox, name="mailbox"),
    path("mailbox/<int:mailbox_mail_id>/", frames.mail, name="mailbox-mail"),
]
