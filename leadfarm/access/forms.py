"""What people fill in on the pages of this room."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from phonenumbers import SUPPORTED_REGIONS

from leadfarm.access.actions import TeamShape
from leadfarm.access.models import Team, User, Workspace
from leadfarm.rules.codes import Role, Side
from leadfarm.rules.currencies import CURRENCIES
from leadfarm.rules.dossier.frames import FRAMES
from leadfarm.ui import words
from leadfarm.ui.forms import Switch

SIDES = [(side.value, side.label) for side in (Side.MARKETING, Side.PD, Side.SALES)]


def zones(empty: str = "") -> list[tuple[str, str]]:
    """Return the time zones as choices, an empty one first where it has a meaning."""
    first = [("", empty)] if empty else []
    return first + [(name, name.replace("_", " ")) for name in sorted(available_timezones())]


def countries() -> list[tuple[str, str]]:
    """Return the countries as choices, by name."""
    known = [(code, words.country(code)) for code in SUPPORTED_REGIONS]
    return sorted(known, key=lambda one: one[1])


class PlaceForm(forms.Form):
    """Role and team of somebody in this workspace."""

    role = forms.TypedChoiceField(choices=Role.choices, coerce=lambda value: Role(int(value)))
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        required=False,
        empty_label="No team",
        help_text="In an outside firm they see only the leads assigned to it.",
    )

    def __init__(self, *args: Any, workspace: Workspace, may_name_admins: bool, **more: Any):
        super().__init__(*args, **more)
        roles = [r for r in Role if r is not Role.ADMIN or may_name_admins]
        self.fields["role"].choices = [(r.value, r.label) for r in roles]  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.of(workspace).order_by("name")  # type: ignore[attr-defined]


class InvitationForm(PlaceForm):
    """An address, and the place that is offered to it."""

    email = forms.EmailField(label="E-mail address")
    field_order = ("email", "role", "team")


class TeamForm(forms.Form):
    """A team or an outside firm."""

    name = forms.CharField(max_length=80)
    side = forms.TypedChoiceField(
        choices=SIDES, coerce=lambda value: Side(int(value)), label="Works for", initial=Side.PD
    )
    is_firm = forms.BooleanField(
        required=False,
        label="Outside firm",
        widget=Switch,
        help_text="Its people see the leads assigned to it and nothing else.",
    )
    daily_cap = forms.IntegerField(
        min_value=1,
        max_value=10_000,
        required=False,
        label="New leads a day, at most",
        help_text="Empty: as many as come.",
    )
    hourly_rate = forms.DecimalField(
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
        label="Hourly rate",
        help_text="Enters the cost per qualified opportunity.",
    )

    def shape(self) -> TeamShape:
        """Return what was filled in, as the verbs want it."""
        return TeamShape(**self.cleaned_data)


class WorkspaceForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has none at run time
    """How the workspace is called and how it works."""

    time_zone = forms.ChoiceField(choices=zones)
    country = forms.ChoiceField(
        choices=countries, help_text="Phone numbers are read as from there."
    )
    currency = forms.ChoiceField(choices=[(code, code) for code in CURRENCIES])
    quiet_days = forms.FloatField(
        min_value=0,
        max_value=60,
        label="Quiet window, in days",
        help_text="A contact never gets two unsolicited touches inside it.",
    )
    weekly_cap = forms.IntegerField(
        min_value=1, max_value=50, label="Unsolicited touches a week, at most"
    )
    needs_second_factor = forms.BooleanField(
        required=False,
        label="Everybody needs a second factor",
        widget=Switch,
        help_text="Who has none is asked to set it up before anything else.",
    )

    dossier_frame = forms.ChoiceField(
        label="Read dossiers as",
        choices=[(frame.slug, frame.label) for frame in FRAMES.values()],
        help_text="The same entries under other headings. Every reader may choose otherwise.",
    )
    enriches = forms.BooleanField(
        required=False,
        label="Fill blanks from domains and job titles",
        widget=Switch,
        help_text="Nothing leaves this system, and what a person entered is never replaced.",
    )

    class Meta:
        model = Workspace
        fields = (
            *("name", "time_zone", "country", "currency", "working_from", "working_until"),
            *("quiet_days", "weekly_cap", "needs_second_factor", "dossier_frame", "enriches"),
        )
        labels = {"working_from": "Work begins", "working_until": "Work ends"}
        widgets = {
            "working_from": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "working_until": forms.TimeInput({"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.initial["quiet_days"] = f"{self.instance.quiet_days:g}"

    def clean(self) -> dict[str, Any] | None:
        """Refuse a working day that ends before it begins."""
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("working_from"), data.get("working_until")
        if begins and ends and ends <= begins:
            self.add_error("working_until", "Work must end after it begins.")
        return data


def country(text: str) -> str:
    """Return a country's two letters; ValidationError when there is no such country."""
    letters = text.strip().upper()
    if letters not in SUPPORTED_REGIONS:
        raise forms.ValidationError(f"{letters} is no country code. Type two letters, such as DE.")
    return letters


class AccountForm(forms.Form):
    """What a member says about themselves."""

    name = forms.CharField(max_length=120)
    time_zone = forms.ChoiceField(
        required=False,
        choices=lambda: zones("As the workspace"),
        help_text="Times and due dates are shown by this clock.",
    )


class JoinForm(forms.Form):
    """What a new colleague says to take their place."""

    name = forms.CharField(max_length=120, label="Your name")
    password = forms.CharField(
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three or four words together are good.",
    )

    def clean_password(self) -> str:
        """Refuse a weak password, with the reasons."""
        validate_password(self.cleaned_data["password"])
        return str(self.cleaned_data["password"])


class FirstRunForm(JoinForm):
    """What opens a company's workspace: the company and its first admin."""

    company = forms.CharField(max_length=120, label="Company")
    slug = forms.SlugField(
        max_length=40,
        label="Short name for addresses",
        help_text="Lower case letters, digits and hyphens. It cannot be changed later.",
    )
    time_zone = forms.ChoiceField(choices=zones, initial="Europe/Berlin")
    country = forms.ChoiceField(choices=countries, initial="DE")
    currency = forms.ChoiceField(choices=[(code, code) for code in CURRENCIES])
    email = forms.EmailField(label="Your e-mail address")
    field_order = (
        *("company", "slug", "time_zone", "country", "currency"),
        *("name", "email", "password"),
    )

    def clean_slug(self) -> str:
        """Refuse an address that is taken."""
        slug = str(self.cleaned_data["slug"]).lower()
        if Workspace.objects.filter(slug=slug).exists():
            raise forms.ValidationError("This short name is taken.")
        return slug

    def clean_email(self) -> str:
        """Refuse an address that has an account: its owner signs in instead."""
        address = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=address).exists():
            raise forms.ValidationError("This address has an account. Use another one.")
        return address
