"""The script a site embeds: one small file with what the workspace decided put into it."""

import json
import re
from functools import cache
from pathlib import Path

from leadfarm.intake.models import Website

SOURCE = Path(__file__).with_name("visits.js")
LABEL = "Privacy"
# What stands in quotes or is a pattern stays as it is; around other signs no space is needed.
SPACED = re.compile(r"""("[^"]*"|`[^`]*`|/[^/ ]+ [^/]*/(?=\)))|\s*([-=<>+*?:;,.(){}\[\]|&!])\s*""")


def script_of(site: Website, at: str) -> str:
    """Return the script of a website; `at` is our address without a slash. Off: it does nothing."""
    told: dict[str, object] = {"at": at, "label": LABEL, "version": site.version}
    if site.is_on:
        told["to"] = f"{at}/t/{site.key}"
        told |= {"yes": site.agree_label, "no": site.refuse_label, "more": site.privacy_url}
        told["text"] = site.wording if site.shows_banner else ""
    return f"{core()}({json.dumps(told)});\n"


@cache
def core() -> str:
    """Return the script without what only people need: comments, line ends, spaces around signs."""
    lines = SOURCE.read_text().splitlines()
    text = " ".join(line for line in lines if line and not line.startswith("//"))
    return SPACED.sub(lambda found: found[1] or found[2], text)
