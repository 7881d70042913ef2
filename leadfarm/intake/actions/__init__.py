"""One home per verb: uploading, mapping, running and undoing imports; capturing; spending."""

from leadfarm.intake.actions.imports import (
    discard,
    first_guess,
    forget_old_files,
    map_columns,
    sample_rows,
    save_mapping,
    upload,
)
from leadfarm.intake.importing.run import run_import

__all__ = [
    "discard",
    "first_guess",
    "forget_old_files",
    "map_columns",
    "run_import",
    "sample_rows",
    "save_mapping",
    "upload",
]
