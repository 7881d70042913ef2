"""Every distribution in the locks has a licence we may ship with, or stands here with a reason."""

import importlib.metadata
import re
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-setup.lock")
FREE = re.compile(
    r"\b(MIT(-0)?|MIT License|BSD( License|-2-Clause|-3-Clause)?|Apache( Software License|-2\.0)|"
    r"ISC( License.*)?|PSF-2\.0|Python Software Foundation License|The Unlicense.*|0BSD|CC0-1\.0)"
    r"(?![\w-])"
)
# Not on the short list, and why it may stay. Nothing copyleft is copied into the project.
EXCEPTIONS = {
    "axe-playwright-python": "says nothing in its metadata; its repository is MIT. Tests only",
    "certifi": "MPL-2.0: a list of certificates, used unchanged",
    "dkimpy": "BSD-like and zlib, named 'DFSG approved'. Tests only",
    "hypothesis": "MPL-2.0, used unchanged. Tests only",
    "pathspec": "MPL-2.0, used unchanged. Checks only",
    "psycopg": "LGPL-3.0: imported as a library, used unchanged, replaceable by the user",
    "psycopg-binary": "LGPL-3.0, as psycopg",
    "psycopg-pool": "LGPL-3.0, as psycopg",
}


def locked() -> list[str]:
    """Return the names of all distributions in the locks."""
    texts = [(CHECKOUT / lock).read_text() for lock in LOCKS]
    names = {name for text in texts for name in re.findall(r"(?m)^([A-Za-z0-9._-]+)==", text)}
    return sorted(names)


def licence(name: str) -> str | None:
    """Return what the distribution says of itself; None when it is not for this system."""
    try:
        about = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    kinds = [
        kind.rsplit(" :: ", 1)[-1]
        for kind in about.get_all("Classifier") or []
        if kind.startswith("License")
    ]
    return about.get("License-Expression") or "; ".join(kinds) or about.get("License") or ""


def main() -> int:
    """Print what is not allowed; 1 when there is something."""
    refused = 0
    for name in locked():
        said = licence(name)
        if said is not None and not FREE.search(said) and name not in EXCEPTIONS:
            print(f"{name}: {said or 'says nothing'!r} is not on the short list of licences")
            refused += 1
    for name in sorted(set(EXCEPTIONS) - set(locked())):
        print(f"{name}: excepted, but no longer in the locks")
        refused += 1
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
