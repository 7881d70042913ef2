"""Forms of intake: what people of ours fill in."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from leadfarm.access.models import Workspace
from leadfarm.intake.actions.spending import Booking
from leadfarm.intake.codes import ImportKind, SpendKind
from leadfarm.intake.queries import Places
from leadfarm.leads.models import Campaign


class UploadForm(forms.Form):
    """A file and what its rows tell."""

    kind = forms.ChoiceField(
        label="What it holds",
        choices=[
            (int(ImportKind.LEADS), "Leads: people or companies that came in"),
            (int(ImportKind.OUTCOMES), "Outcomes: what became of leads that are here"),
        ],
        initial=int(ImportKind.LEADS),
    )
    file = forms.FileField(
        label="File",
        help_text="Excel (.xlsx), OpenDocument (.ods) or CSV with any delimiter and encoding.",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. Choose one with titles and rows.",
        },
    )


EARLIEST, LATEST = date(1970, 1, 1), date(2200, 12, 31)


class DayInput(forms.DateInput):
    """A day, as browsers pick it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SpendForm(forms.Form):
    """One booking."""

    place = forms.ChoiceField(
        label="Spent for", help_text="A campaign; a source where no campaign is known."
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=[(int(kind), kind.label) for kind in SpendKind],
        help_text="For people: hours times their rate.",
    )
    amount = forms.DecimalField(
        label="Amount", min_value=Decimal(0), max_digits=12, decimal_places=2
    )
    from_day = forms.DateField(label="From", widget=DayInput)
    until_day = forms.DateField(
        label="Until", widget=DayInput, required=False, help_text="Empty: that one day."
    )
    note = forms.CharField(label="Note", max_length=200, required=False)

    def __init__(self, places: Places, currency: str, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        choice = self.fields["place"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "Choose one"), *places.choices()]
        self.fields["amount"].label = f"Amount, {currency}"

    def clean(self) -> dict[str, Any]:
        """Return the cells, the last day filled in and not before the first."""
        told = super().clean() or {}
        first = told.get("from_day")
        if first and "until_day" in told:
            told["until_day"] = told["until_day"] or first
            if told["until_day"] < first:
                self.add_error("until_day", "This is before the first day. Correct one of them.")
            elif first < EARLIEST or told["until_day"] > LATEST:
                self.add_error("from_day", "Nobody spends then. Correct the year.")
        return told

    def booking(self) -> Booking:
        """Return what the valid form says."""
        told = self.cleaned_data
        what, _, number = told["place"].partition("-")
        return Booking(
            kind=SpendKind(int(told["kind"])),
            amount=told["amount"],
            from_day=told["from_day"],
            until_day=told["until_day"],
            campaign_id=int(number) if what == "campaign" else None,
            source_id=int(number) if what == "source" else None,
            note=told["note"],
        )


class CampaignForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has none at run time
    """A campaign as it is planned (S3-11)."""

    code = forms.SlugField(
        label="Code in links",
        max_length=80,
        required=False,
        help_text="Links that carry utm_campaign=CODE count for this campaign.",
    )
    source = forms.TypedChoiceField(required=False, empty_value=None)
    audience = forms.CharField(max_length=300, required=False, help_text="Who shall hear of it.")
    offer = forms.CharField(max_length=300, required=False, help_text="What they get.")
    starts_on = forms.DateField(label="Starts on", widget=DayInput, required=False)
    ends_on = forms.DateField(label="Ends on", widget=DayInput, required=False)
    budget = forms.DecimalField(
        min_value=Decimal(0), max_digits=12, decimal_places=2, required=False
    )
    goal_cost_per_qualified = forms.DecimalField(
        label="Goal: cost per qualified opportunity",
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        required=False,
    )

    class Meta:
        model = Campaign
        fields = (
            *("name", "code", "source", "audience", "offer", "starts_on", "ends_on"),
            *("budget", "goal_cost_per_qualified"),
        )

    def __init__(self, workspace: Workspace, places: Places, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.workspace = workspace
        source = self.fields["source"]
        assert isinstance(source, forms.TypedChoiceField)
        source.choices = [("", "None"), *((one.id, str(one)) for one in places.sources.values())]
        source.coerce = lambda number: places.sources[int(number)]
        for name in ("budget", "goal_cost_per_qualified"):
            field = self.fields[name]
            field.label = f"{field.label or 'Budget'}, {workspace.currency}"

    def clean_name(self) -> str:
        """Return the name, unless another campaign has it."""
        name = str(self.cleaned_data["name"])
        others = Campaign.objects.of(self.workspace).filter(name=name).exclude(id=self.instance.id)
        if others.exists():
            raise forms.ValidationError("Another campaign has this name.")
        return name

    def clean_code(self) -> str:
        """Return the code in lower case, unless another campaign has it."""
        code = str(self.cleaned_data["code"]).lower()
        others = Campaign.objects.of(self.workspace).filter(code=code).exclude(id=self.instance.id)
        if code and others.exists():
            raise forms.ValidationError("Links of another campaign carry this code.")
        return code

    def clean(self) -> dict[str, Any]:
        """Return the cells, the end not before the start."""
        told = super().clean() or {}
        starts, ends = told.get("starts_on"), told.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "This is before it starts. Correct one of them.")
        return told


class DuplicateRuleForm(forms.Form):
    """From which likelihood pairs merge without anybody looking; empty: never."""

    merge_from = forms.DecimalField(
        label="Merge pairs by itself from this likelihood on, in per cent",
        required=False,
        min_value=90,
        max_value=100,
        decimal_places=2,
        help_text="From 90 to 100. Empty: never. What was merged stands above, with its undo.",
        error_messages={
            "invalid": "Give a number from 90 to 100, or nothing.",
            "min_value": "Below 90 per cent too many pairs are not the same: give 90 to 100.",
            "max_value": "Nothing is likelier than 100 per cent: give 90 to 100.",
        },
    )

    def clean_merge_from(self) -> float | None:
        """Return the likelihood as a share of one."""
        told: Decimal | None = self.cleaned_data["merge_from"]
        return None if told is None else float(told) / 100
