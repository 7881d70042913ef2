"""Forms of the steps that divide or go through a list: splits and streams."""

from __future__ import annotations

from typing import Any

from django import forms

from leadfarm.nurture.actions import SplitWay
from leadfarm.nurture.forms.lasting import LASTS, SpanForm, span
from leadfarm.nurture.forms.plain import StepForm
from leadfarm.rules.programs import EXHAUSTED, HOLDOUT, NEXT, Node
from leadfarm.rules.programs.splitting import shares_of
from leadfarm.rules.programs.streams import MOST_PIECES

MOST_PARTS = 8
REPEATS = [
    *(each for each in LASTS if not each[0].startswith("until")),
    ("until_weekday", "on a day of the week"),
]


class SplitForm(StepForm):
    """Ways with their shares, one row more than there are, and the share that is held out."""

    holdout = forms.IntegerField(
        label="Held out, in percent",
        help_text="They get nothing from this program, so that what it brings can be seen.",
        min_value=0,
        max_value=90,
        required=False,
    )

    def __init__(self, data: Any = None, *, step: Node, **options: Any) -> None:
        super().__init__(data, **options)
        shares = shares_of(step.settings)
        self.fields["holdout"].initial = shares.pop(HOLDOUT, 0)
        self.places = range(min(len(shares) + 1, MOST_PARTS))
        told = [*shares.items(), ("", None)]
        for place in self.places:
            name, share = told[place]
            self._row(place, name, share)

    def _row(self, place: int, name: str, share: int | None) -> None:
        number = place + 1
        self.fields[f"was_{place}"] = forms.CharField(
            initial=name, required=False, widget=forms.HiddenInput
        )
        self.fields[f"name_{place}"] = forms.CharField(
            label=f"Way {number}", initial=name, max_length=60, required=False
        )
        self.fields[f"share_{place}"] = forms.IntegerField(
            label=f"Share of way {number}, in percent",
            initial=share,
            min_value=1,
            max_value=99,
            required=False,
        )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Return the fields of each way: its former name, its name, its share."""
        return [(self[f"was_{n}"], self[f"name_{n}"], self[f"share_{n}"]) for n in self.places]

    def ways(self) -> list[SplitWay]:
        """Return the ways that have a name, and last the held-out ones."""
        told = [self._way(place) for place in self.places]
        held = self.cleaned_data.get("holdout") or 0
        last = [SplitWay(HOLDOUT, HOLDOUT, held)] if held else []
        return [way for way in told if way.name] + last

    def _way(self, place: int) -> SplitWay:
        data = self.cleaned_data
        name, was = str(data.get(f"name_{place}") or ""), str(data.get(f"was_{place}") or "")
        return SplitWay(name.strip(), was, data.get(f"share_{place}") or 0)

    def clean(self) -> dict[str, Any]:
        """Refuse ways without a share or a name, two of one name, and a sum other than 100."""
        data = super().clean() or {}
        ways = self.ways()
        for place in self.places:
            self._judge(place, [way.name for way in ways])
        if not self.errors and (total := sum(way.share for way in ways)) != 100:
            self.add_error("share_0", f"All shares come to {total} %: let them come to 100 %.")
        if not self.errors and len(ways) < 2:
            self.add_error("name_1", "A split needs a second way, or somebody who is held out.")
        return data

    def _judge(self, place: int, names: list[str]) -> None:
        way = self._way(place)
        if way.name == HOLDOUT:
            self.add_error(f"name_{place}", "Say below how many are held out.")
        elif way.name and names.count(way.name) > 1:
            self.add_error(f"name_{place}", "Two ways have this name: give each its own.")
        elif way.name and not way.share:
            self.add_error(f"share_{place}", "Say how large its share is.")
        elif way.share and not way.name:
            self.add_error(f"name_{place}", "Give the way a name.")


class StreamForm(SpanForm):
    """Which stream, at what pace, and after how many pieces one goes on."""

    stream = forms.ChoiceField(label="Pieces from the stream")
    most = forms.IntegerField(
        label="Go on after so many pieces",
        help_text="Empty: go on when there is none left they have not seen.",
        min_value=1,
        max_value=MOST_PIECES,
        required=False,
    )
    field_order = ["label", "stream", "unit", "amount", "until_weekday", "at", "most"]

    def __init__(self, *args: Any, streams: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stream"].choices = [(name, name) for name in streams]  # type: ignore[attr-defined]
        self.fields["unit"].label = "From one piece to the next"
        self.fields["until_weekday"].label = "Each"
        self.fields["unit"].choices = REPEATS  # type: ignore[attr-defined]
        del self.fields["until_date"]

    def settings(self) -> dict[str, Any]:
        """Return stream, pace and number of pieces; None removes what is not said."""
        data = self.cleaned_data
        said = {name: data[name] or None for name in ("stream", "most")}
        return {"label": data["label"], **said, "every": span(data)}

    def ends(self) -> list[str]:
        """Return the ways out that need no conditions."""
        return [NEXT, EXHAUSTED] if self.cleaned_data["most"] else [EXHAUSTED]
