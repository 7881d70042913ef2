"""Forms of intake: what people of ours fill in."""

from django import forms

from leadfarm.intake.codes import ImportKind


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
        help_text="CSV, with any delimiter and any common encoding. The first row holds titles.",
    )
