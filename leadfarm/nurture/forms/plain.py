"""Forms of a program and of the steps that take one moment."""

from typing import Any

from django import forms

from leadfarm.rules.codes import FindingSection, Side
from leadfarm.rules.programs import NodeKind
from leadfarm.rules.programs.filing import MOST_CHARACTERS

SIDES = [(side.slug, side.label) for side in (Side.MARKETING, Side.PD, Side.SALES)]
THEN = [
    ("qualify", "A qualify task for prospect development"),
    ("review", "A review task for prospect development"),
    ("call", "A call for prospect development"),
    ("later", "A date on which it comes back"),
]
STAYS = [("", "Leave as it is")]


class NameForm(forms.Form):
    """A program's name."""

    name = forms.CharField(label="Name", max_length=120)


class ReentryForm(forms.Form):
    """When a lead that left may come in again by itself."""

    reentry_days = forms.IntegerField(
        label="Days after leaving before the same lead comes in again",
        help_text="Empty: it does not come in again by itself.",
        min_value=1,
        max_value=3650,
        required=False,
    )


class NewStepForm(forms.Form):
    """Which kind of step is to be added, and its name."""

    kind = forms.ChoiceField(
        label="What happens here", choices=[(kind.slug, kind.label) for kind in NodeKind]
    )
    label = forms.CharField(label="Name of the step", max_length=160)


class StepForm(forms.Form):
    """What every step has: a name."""

    label = forms.CharField(label="Name", max_length=160)

    def settings(self) -> dict[str, Any]:
        """Return what the step's JSON is to say; None removes a setting."""
        return dict(self.cleaned_data)


class MessageForm(StepForm):
    """A message names its template."""

    template = forms.ChoiceField(label="Message")
    again = forms.BooleanField(
        label="Send it in a later cycle too, to those who have had it", required=False
    )

    def __init__(self, *args: Any, templates: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["template"].choices = [(name, name) for name in templates]  # type: ignore[attr-defined]

    def settings(self) -> dict[str, Any]:
        """Return the template, and whether it may come twice."""
        return {**self.cleaned_data, "again": self.cleaned_data["again"] or None}


class UpdateForm(StepForm):
    """What a step sets on the lead: an owner, a finding, the stage Nurturing."""

    owner_side = forms.ChoiceField(label="Owner to set", choices=[*STAYS, *SIDES], required=False)
    owner = forms.TypedChoiceField(label="to", coerce=int, empty_value=None, required=False)
    finding = forms.ChoiceField(
        label="Finding to write down",
        choices=[("", "None"), *[(each.slug, each.label) for each in FindingSection]],
        required=False,
    )
    value = forms.CharField(label="What it says", max_length=600, required=False)
    nurturing = forms.BooleanField(
        label="Move a raw lead or an inquiry to Nurturing", required=False
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = [("", "Nobody chosen"), *people]  # type: ignore[attr-defined]

    def settings(self) -> dict[str, Any]:
        """Return what is set; None removes what is not."""
        data = self.cleaned_data
        said = {name: data[name] or None for name in ("owner_side", "owner", "finding", "value")}
        return {"label": data["label"], **said, "stage": "nurturing" if data["nurturing"] else None}

    def clean(self) -> dict[str, Any]:
        """Refuse half a setting, and none at all."""
        data = super().clean() or {}
        if bool(data.get("owner_side")) != bool(data.get("owner")):
            self.add_error("owner", "Say both whose owner is set, and to whom.")
        if bool(data.get("finding")) != bool(data.get("value")):
            self.add_error("value", "Choose a section, and say what is written down.")
        if not any(data.get(name) for name in ("owner_side", "finding", "nurturing")):
            self.add_error("nurturing", "Set at least one thing, or remove the step.")
        return data


class EndForm(StepForm):
    """An end: why, and what follows for the lead."""

    reason = forms.CharField(label="Why a lead leaves here", max_length=160)
    then = forms.ChoiceField(label="Its next step", choices=THEN)
    days = forms.IntegerField(
        label="Days until it comes back", min_value=1, max_value=1000, required=False
    )


class GoToForm(StepForm):
    """A jump to another step."""

    to = forms.CharField(label="Key of the step it leads to", max_length=60)


class FileForm(forms.Form):
    """A file with a program, or its text."""

    file = forms.FileField(
        label="File",
        help_text="As “Export” gives it, of this or another workspace.",
        required=False,
    )
    pasted = forms.CharField(
        label="Or its text", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all, and what is no text."""
        data = super().clean() or {}
        file = data.get("file")
        if file is None and not data.get("pasted"):
            self.add_error("file", "Choose a file, or paste its text.")
        elif file is not None and file.size > 4 * MOST_CHARACTERS:
            self.add_error("file", "A program file is smaller than that.")
        elif file is not None:
            try:
                data["pasted"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error(
                    "file", "This is no text in UTF-8: choose the file that was exported."
                )
        return data

    def text(self) -> str:
        """Return the text of the file."""
        return str(self.cleaned_data["pasted"])
