"""The form on the page Website."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from leadfarm.intake.models import Website
from leadfarm.intake.visits.deciding import Decision
from leadfarm.rules.web_visits import origin_of
from leadfarm.ui.forms import Switch

MOST_ORIGINS = 30


class WebsiteForm(forms.Form):
    """Where the script may report from, what visitors are asked, and for how long it is kept."""

    is_on = forms.BooleanField(label="Note visits", required=False, widget=Switch)
    origins = forms.CharField(
        label="Your sites",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text="One address a line, as https://www.example.com. Nobody else is listened to.",
    )
    shows_banner = forms.BooleanField(
        label="Ask by our banner",
        required=False,
        widget=Switch,
        help_text="Off: your own banner asks, and tells the script by leadfarm.consent(true).",
    )
    wording = forms.CharField(
        label="What visitors are asked",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Each wording is kept, so that a proof of consent shows what was read.",
    )
    agree_label = forms.CharField(label="Yes", max_length=40)
    refuse_label = forms.CharField(label="No", max_length=40, help_text="As easy to press as yes.")
    privacy_url = forms.CharField(
        label="Address of your privacy notice",
        required=False,
        max_length=300,
        widget=forms.URLInput,
        validators=[URLValidator(schemes=["https", "http"])],
    )
    keep_days = forms.IntegerField(
        label="Days to keep visits of people we do not know", min_value=1, max_value=730
    )

    def __init__(self, site: Website, data: Any = None) -> None:
        names = set(self.base_fields) - {"origins"}
        initial = {name: getattr(site, name) for name in names}
        super().__init__(data, initial={**initial, "origins": "\n".join(site.origins)})

    def clean_origins(self) -> list[str]:
        """Return the addresses as browsers name them, each once."""
        told = str(self.cleaned_data["origins"]).split()
        told = [one if "://" in one or "." not in one else f"https://{one}" for one in told]
        wrong = [one for one in told if origin_of(one) is None]
        if wrong:
            raise forms.ValidationError(
                f"“{wrong[0][:80]}” is no address of a site. Write it as https://www.example.com."
            )
        if len(told) > MOST_ORIGINS:
            raise forms.ValidationError(f"These are more than {MOST_ORIGINS} sites.")
        return list(dict.fromkeys(origin for one in told if (origin := origin_of(one))))

    def clean(self) -> dict[str, Any]:
        """Return the decision; what is on needs a site to listen to."""
        told = super().clean() or {}
        if told.get("is_on") and told.get("origins") == []:
            self.add_error("origins", "Name your site, or nobody is listened to.")
        return told

    def decision(self) -> Decision:
        """Return what was decided."""
        return Decision(**self.cleaned_data)
