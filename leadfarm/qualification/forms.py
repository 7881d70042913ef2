"""What a verdict asks for."""

from typing import Any

from django import forms

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Member
from leadfarm.leads.models import Lead
from leadfarm.qualification.models import Delivery
from leadfarm.rules.codes import (
    Code,
    DisqualifyReason,
    ForecastCategory,
    LossReason,
    RecheckRule,
    RecycleReason,
    RejectReason,
    Role,
)

DAY = forms.DateInput(attrs={"type": "date"})
WORDS = forms.Textarea(attrs={"rows": 3})


def coded(label: str, codes: type[Code], **options: Any) -> forms.TypedChoiceField:
    """Return a field whose value is one of these codes."""
    return forms.TypedChoiceField(
        label=label,
        choices=codes.choices(),
        coerce=lambda value: codes(int(value)),
        **options,
    )


class VerdictForm(forms.Form):
    """The base: words for the other side, and what the page knows."""

    text = forms.CharField(
        label="In your words",
        required=False,
        max_length=4000,
        widget=WORDS,
        help_text="Marketing reads it at once, as you write it.",
    )

    def __init__(
        self,
        *args: Any,
        request: InsideRequest,
        lead: Lead,
        delivery: Delivery | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.lead, self.delivery = request, lead, delivery
        self.order_fields([name for name in self.fields if name != "text"])
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the lead."""


class DeliverForm(VerdictForm):
    """Nothing to fill in: the criteria speak."""

    def prepare(self) -> None:
        """Ask for no words."""
        del self.fields["text"]


class AcceptForm(VerdictForm):
    """Accepted: the criteria are met."""


class RejectForm(VerdictForm):
    """Rejected before contact, for one of three kinds of reason."""

    reason = coded("Why do you give it back?", RejectReason)
    criterion = forms.TypedChoiceField(
        label="Which criterion is not met?", required=False, coerce=int, empty_value=None
    )
    to = forms.ModelChoiceField(
        label="Whose is it?",
        queryset=Member.objects.none(),
        required=False,
        empty_label="Pick a colleague",
    )

    def prepare(self) -> None:
        """Offer the frozen criteria and the other reps."""
        reasons = self.delivery.criteria["reasons"] if self.delivery else []
        said = [(str(n), one["sentence"]) for n, one in enumerate(reasons)]
        criterion, to = self.fields["criterion"], self.fields["to"]
        assert isinstance(criterion, forms.TypedChoiceField)
        assert isinstance(to, forms.ModelChoiceField)
        criterion.choices = [("", "Pick a criterion"), *said]
        reps = Member.objects.of(self.request.workspace).filter(left_at=None, role=Role.SALES_REP)
        if self.request.member.firm_id is not None:
            reps = reps.filter(firm_id=self.request.member.firm_id)
        to.queryset = reps.exclude(id=self.lead.sales_owner_id or 0).order_by("name")


class RecheckForm(VerdictForm):
    """A closing: with a rule when to look again (law 3)."""

    rule = coded("Look at it again", RecheckRule, initial=RecheckRule.AFTER_MONTHS)
    months = forms.IntegerField(
        label="After so many months", required=False, min_value=1, max_value=60, initial=6
    )
    on = forms.DateField(label="On this day", required=False, widget=DAY)


class DisqualifyForm(RecheckForm):
    """No fit, after contact."""

    reason = coded("Why does it not fit?", DisqualifyReason)
    field_order = ("reason", "rule", "months", "on")


class RecycleForm(VerdictForm):
    """It fits, but not now."""

    reason = coded("What has to pass first?", RecycleReason)
    wake_on = forms.DateField(label="Wake it on", widget=DAY)


class OpportunityForm(VerdictForm):
    """Need and timing are confirmed: amount, close date, forecast."""

    amount = forms.DecimalField(label="Amount", min_value=0, max_digits=14, decimal_places=2)
    close_on = forms.DateField(label="Expected close", widget=DAY)
    forecast = coded("Forecast category", ForecastCategory, initial=ForecastCategory.PIPELINE)

    def prepare(self) -> None:
        """Ask for no words: the talk is on the timeline."""
        del self.fields["text"]


class WinForm(VerdictForm):
    """The order has come."""

    amount = forms.DecimalField(
        label="Amount of the order", min_value=0, max_digits=14, decimal_places=2
    )

    def prepare(self) -> None:
        """Begin with the amount expected."""
        self.fields["amount"].initial = self.lead.amount


class LossForm(RecheckForm):
    """The opportunity is lost, for a reason, to somebody or nobody."""

    reason = coded("Why was it lost?", LossReason)
    vendor = forms.CharField(
        label="Who won it",
        required=False,
        max_length=120,
        help_text="Asked for when a competitor won; write unknown if nobody knows.",
    )
    field_order = ("reason", "vendor", "rule", "months", "on")


class ReopenForm(VerdictForm):
    """A closed opportunity is open again."""

    because = forms.CharField(label="Why is it open again?", max_length=150)

    def prepare(self) -> None:
        """Ask for no more words."""
        del self.fields["text"]
