"""Reading files as they come: any delimiter, any common encoding, each fault named by its row."""

from leadfarm.intake.reading.faults import Fault, UnreadableFileError
from leadfarm.intake.reading.table import Row, Table, open_table
from leadfarm.intake.reading.workbook import Unfolded, is_workbook, unfold

__all__ = [
    "Fault",
    "Row",
    "Table",
    "Unfolded",
    "UnreadableFileError",
    "is_workbook",
    "open_table",
    "unfold",
]
