"""Layouts of other products: recognised by their titles, applied as a mapping to look over."""

from collections.abc import Sequence
from typing import Any

from leadfarm.intake.codes import ImportKind
from leadfarm.intake.mapping.guesses import guess_type, plain
from leadfarm.intake.mapping.presets import ads, crm
from leadfarm.intake.mapping.presets.preset import Preset

__all__ = ["PRESETS", "Preset", "knowledge", "mapping_by", "recognise", "signs"]

PRESETS = {preset.slug: preset for preset in (*crm.PRESETS, *ads.PRESETS)}
SECTIONS = {
    "budget": "budget", "spend": "budget", "invest": "budget",
    "when": "timeline", "soon": "timeline", "timeline": "timeline", "deadline": "timeline",
    "competitor": "competition", "vendor": "competition", "currently use": "competition",
    "challenge": "pain-point", "problem": "pain-point", "pain": "pain-point",
}  # fmt: skip


def recognise(titles: Sequence[str]) -> Preset | None:
    """Return the layout whose signs are all there; of several, the one that knows most titles."""
    there = {plain(title) for title in titles}
    fitting = [
        preset
        for preset in PRESETS.values()
        if all(there.intersection(need.split("|")) for need in preset.needs)
    ]
    return max(fitting, key=lambda one: knowledge(one, titles), default=None)


def knowledge(preset: Preset, titles: Sequence[str]) -> int:
    """Return how much of these titles the layout knows: more is surer."""
    there = {plain(title) for title in titles}
    return len(there.intersection(preset.columns)) + 3 * len(preset.needs)


def signs(preset: Preset, titles: Sequence[str]) -> list[str]:
    """Return the titles of the file by which the layout was recognised."""
    wanted = {sign for need in preset.needs for sign in need.split("|")}
    return [title for title in titles if plain(title) in wanted]


def mapping_by(
    preset: Preset, titles: Sequence[str], samples: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """Return the mapping this layout means for a file with these titles; leads only."""
    columns = _known_columns(preset, titles)
    if preset.asks:
        columns |= _answers(preset, titles, samples, columns)
    return {
        "kind": ImportKind.LEADS.slug,
        "columns": columns,
        "constants": dict(preset.constants),
        "options": dict(preset.options),
    }


def _known_columns(preset: Preset, titles: Sequence[str]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    taken: set[str] = set()
    by_title = {plain(title): title for title in reversed(titles)}
    for name, spec in preset.columns.items():
        title = by_title.get(name)
        said: dict[str, Any] = {"to": spec} if isinstance(spec, str) else dict(spec)
        to = str(said["to"])
        if title is None or not to or title in columns or (to in taken and to != "finding"):
            continue
        if to == "stage" and preset.stages:
            said["values"] = dict(preset.stages)
        columns[title] = said
        taken.add(to)
    if "full_name" in taken and "family_name" in taken:
        columns = {title: one for title, one in columns.items() if one["to"] != "full_name"}
    return columns


def _answers(
    preset: Preset,
    titles: Sequence[str],
    samples: Sequence[Sequence[str]],
    columns: dict[str, Any],
) -> dict[str, Any]:
    """Return what people answered to questions of a form, as findings of the dossier."""
    ignored, found = set(preset.ignores.split("|")), {}
    for place, title in enumerate(titles):
        name = plain(title)
        if title in columns or name in ignored or name in preset.columns:
            continue
        if name.startswith("column ") or not any(row[place].strip() for row in samples):
            continue
        section = next((to for word, to in SECTIONS.items() if word in name), "profile")
        type_ = guess_type([row[place] for row in samples])
        found[title] = {"to": "finding", "section": section, "type": type_, "known_from": "capture"}
    return found
