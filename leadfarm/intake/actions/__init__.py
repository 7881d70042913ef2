"""One home per verb: uploading, mapping, running and undoing imports; capturing; spending."""

from leadfarm.intake.actions.capture import Captured, capture
from leadfarm.intake.actions.imports import (
    choose_sheet,
    discard,
    forget_files_of,
    forget_thrown_away,
    lay_out,
    map_columns,
    read_workbook,
    save_mapping,
    take_out_again,
    upload,
)
from leadfarm.intake.actions.receiving import Received, receive, replay
from leadfarm.intake.arrival import Arrival, Sent
from leadfarm.intake.importing.guessing import sample_rows
from leadfarm.intake.importing.run import run_import
from leadfarm.intake.importing.undo import Undone, undo_import, worked_on

__all__ = [
    "Arrival",
    "Captured",
    "Received",
    "Sent",
    "Undone",
    "capture",
    "choose_sheet",
    "discard",
    "forget_files_of",
    "forget_thrown_away",
    "lay_out",
    "map_columns",
    "read_workbook",
    "receive",
    "replay",
    "run_import",
    "sample_rows",
    "save_mapping",
    "take_out_again",
    "undo_import",
    "upload",
    "worked_on",
]
