"""The secrets of an installation: one random key in the data folder, all others made from it."""

import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path
from typing import Any

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.home import make_folder

SECRETS = "secrets.json"


def write_once(path: Path, content: dict[str, Any], mode: int = 0o600) -> dict[str, Any]:
    """What stands in the file: `content`, or what another process wrote there first.

    The name appears with the whole content behind it, so that nobody reads half a file.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
            file.write(json.dumps(content, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return read(path)
    finally:
        draft.unlink(missing_ok=True)
    return content


def read(path: Path) -> dict[str, Any]:
    """The object in the file; says which file is broken when it is no JSON object."""
    try:
        content = json.loads(path.read_text())
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise LeadfarmError(f"{path} is damaged.", "Put it back from a backup.")
    return content


def secret_key(home: Path) -> str:
    """The key that signs sessions and links; made on first use, readable by the owner only."""
    path = home / SECRETS
    if not path.exists():
        mode = 0o711 if os.geteuid() == 0 else 0o700
        make_folder(home, mode)
        write_once(path, {"secret_key": secrets.token_urlsafe(48)})
    return str(read(path)["secret_key"])


def password_of(home: Path, role: str) -> str:
    """The password of a database role: the same each time, guessed by nobody without the key."""
    key = secret_key(home).encode()
    return hmac.new(key, f"postgres role {role}".encode(), hashlib.sha256).hexdigest()[:40]
