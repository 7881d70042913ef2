"""Every module is compiled once, not by each of the many processes that a run starts.

Loaded first. Where the environment tells Python to write no bytecode, a start takes three times as
long, and the tests start servers, workers and commands by the dozen: it goes to `.test-home/` then,
and nothing is written beside the sources.
"""

import os
import sys
from pathlib import Path

BYTECODE = Path(__file__).resolve().parents[2] / ".test-home" / "bytecode"

if sys.dont_write_bytecode:
    BYTECODE.parent.mkdir(mode=0o711, exist_ok=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(BYTECODE)
    sys.dont_write_bytecode = False
