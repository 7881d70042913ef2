"""What a person writes into the dossier, in one line or with everything said."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions.learning import Fact
from leadfarm.rules.codes import Confidence, FindingSection
from leadfarm.rules.dossier.catalogue import fields_of
from leadfarm.rules.dossier.entry import (
    LONGEST,
    SECTION_KEYS,
    Read,
    guess_section,
    read_words,
    split_line,
)

PLACES = [
    ("", "Its first letter, or what it says"),
    *(
        (
            f"{section.label} ({SECTION_KEYS[section]})",
            [(f"{section.value}.{one.name}", one.label) for one in fields_of(section)
             if not one.by_person],
        )
        for section in FindingSection
    ),
]  # fmt: skip
EXAMPLE = "b 40k, t Q3, c Kolmar"
SURE = [("", "As it sounds"), *Confidence.choices()]


class EntryForm(forms.Form):
    """One thing learned: a line, and where it goes unless its first letter says so."""

    line = forms.CharField(
        label="What did you learn?",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"placeholder": EXAMPLE, "autocomplete": "off"}),
        help_text="Begin with a letter: " + ", ".join(
            f"{key} {section.label.lower()}" for section, key in SECTION_KEYS.items()
        ) + ".",
    )  # fmt: skip
    place = forms.ChoiceField(label="Where it goes", choices=PLACES, required=False)
    confidence = forms.TypedChoiceField(
        label="How sure",
        choices=SURE,
        coerce=lambda value: Confidence(int(value)),
        required=False,
        empty_value=None,
    )
    true_on = forms.DateField(
        label="True since",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Today, unless you give another day.",
    )
    touch = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, request: InsideRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_true_on(self) -> date | None:
        """Refuse a day to come: what is true later is a date in the timeline."""
        day: date | None = self.cleaned_data["true_on"]
        if day is not None and day > self._today():
            raise forms.ValidationError("This day is still to come. Leave it blank for today.")
        return day

    def read(self) -> Read:
        """Return what the line tells."""
        data = self.cleaned_data
        place = data["place"]
        if place:
            section, _, name = place.partition(".")
            section = FindingSection(int(section))
            return read_in(self.request, section, data["line"], name)
        return read_line(self.request, data["line"])

    def fact(self) -> tuple[Read, Fact]:
        """Return what the line tells, and the fact to keep, as sure as was said."""
        read = self.read()
        fact = Fact.of(read)
        sure = self.cleaned_data["confidence"]
        return read, fact if sure is None else Fact(**{**vars(fact), "confidence": sure})

    def happened_at(self) -> datetime | None:
        """Return since when it is true; None for now."""
        day = self.cleaned_data["true_on"]
        if day is None or day == self._today():
            return None
        return datetime.combine(day, time(12), ZoneInfo(self.request.workspace.time_zone))

    def _today(self) -> date:
        return today_of(self.request)


def today_of(request: InsideRequest) -> date:
    """Return the workspace's date."""
    return request.now.astimezone(ZoneInfo(request.workspace.time_zone)).date()


def read_in(
    request: InsideRequest, section: FindingSection, words: str, name: str | None = None
) -> Read:
    """Return what words tell of a section, read today and in the workspace's currency."""
    currency = request.workspace.currency
    return read_words(section, words, today=today_of(request), currency=currency, name=name)


def read_line(request: InsideRequest, line: str) -> Read:
    """Return what a line tells; without a letter in front, the section is guessed."""
    section, words = split_line(line)
    return read_in(request, section or guess_section(words), words)


def read_lines(request: InsideRequest, text: str) -> list[Read]:
    """Return what each line of a small text tells; blank lines are left out."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise LeadfarmError(f"More than {MOST_LINES} entries at once. Keep some for a note.")
    return [read_line(request, line[:LONGEST]) for line in lines]


MOST_LINES = 30
