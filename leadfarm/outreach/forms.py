"""Forms of the outreach room."""

from typing import Any

from django import forms

from leadfarm.outreach.codes import Security, SourceKind
from leadfarm.outreach.models import Template
from leadfarm.rules.consent import Purpose


class NewTemplate(forms.Form):
    """Name, purpose and language of a new template."""

    name = forms.CharField(max_length=120)
    purpose = forms.TypedChoiceField(
        choices=Purpose.choices, coerce=int, help_text="Contacts can refuse a purpose."
    )
    source_kind = forms.TypedChoiceField(label="Written in", choices=SourceKind.choices, coerce=int)


class Draft(forms.Form):
    """Subject and body of a template. Both are needed to publish; a draft may lack either."""

    subject = forms.CharField(max_length=300)
    body = forms.CharField(widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true"}))


class SenderForm(forms.Form):
    """In whose name mail goes out."""

    name = forms.CharField(max_length=120, label="Sender's name")
    address = forms.EmailField(label="Sender's address")
    reply_to = forms.EmailField(required=False, help_text="Empty: the sender's address.")
    postal_address = forms.CharField(
        max_length=300, help_text="Stands in each mail, because the law wants it."
    )


class ServerForm(forms.Form):
    """The SMTP server."""

    host = forms.CharField(max_length=253)
    port = forms.IntegerField(min_value=1, max_value=65535, initial=587)
    security = forms.TypedChoiceField(choices=Security.choices, coerce=int, initial=2)
    user = forms.CharField(max_length=254, required=False)
    password = forms.CharField(
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Empty: the stored one stays.",
    )


class LetterForm(forms.Form):
    """A mail by hand; with a closed quiet window it asks why it goes out all the same."""

    subject = forms.CharField(max_length=300)
    body = forms.CharField(
        label="Mail", max_length=20_000, widget=forms.Textarea(attrs={"rows": 12})
    )
    override = forms.CharField(
        label="Why you write all the same",
        max_length=300,
        help_text="It stands on the timeline with your name.",
    )

    def __init__(self, *args: Any, is_quiet: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_quiet:
            del self.fields["override"]


class MomentInput(forms.DateTimeInput):
    """A day and a time, as browsers pick them."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class NewMailing(forms.Form):
    """How a mailing is called, and the published message it says."""

    name = forms.CharField(max_length=120, help_text="For yourselves: nobody outside reads it.")
    template = forms.ModelChoiceField(
        label="Message", queryset=Template.objects.none(), empty_label=None
    )

    def __init__(self, templates: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]


class MailingDraft(forms.Form):
    """What a draft says beside its conditions: the message, when, until when, and for whom else."""

    template = forms.ModelChoiceField(
        label="Message", queryset=Template.objects.none(), empty_label=None
    )
    go_at = forms.DateTimeField(
        label="Goes out", required=False, widget=MomentInput, help_text="Empty: when you plan it."
    )
    until = forms.DateTimeField(
        label="Until",
        required=False,
        widget=MomentInput,
        help_text="Whoever cannot be written to by then does not get it. Empty: three days.",
    )
    in_archive = forms.BooleanField(
        label="Put it on the public archive page once it goes out", required=False
    )

    def __init__(self, templates: Any, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]


class LimitsForm(forms.Form):
    """How many messages may go out; empty: no limit."""

    minute = forms.IntegerField(label="A minute", min_value=1, required=False)
    hour = forms.IntegerField(label="An hour", min_value=1, required=False)
    day = forms.IntegerField(label="A day", min_value=1, required=False)
    domain_minute = forms.IntegerField(label="A minute", min_value=1, required=False)
    domain_hour = forms.IntegerField(label="An hour", min_value=1, required=False)
    domain_day = forms.IntegerField(label="A day", min_value=1, required=False)
    warms_up = forms.BooleanField(
        label="This mailbox is new: warm it up",
        required=False,
        help_text="It begins with 50 a day and comes to the limit a day in six weeks.",
    )
