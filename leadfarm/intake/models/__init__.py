"""How leads come in: files, forms, and what it costs to be found."""

from leadfarm.intake.models.duplicates import DuplicatePair, DuplicateRule, Merge
from leadfarm.intake.models.forms import Form
from leadfarm.intake.models.imports import (
    ImportedChange,
    ImportedRow,
    ImportFault,
    ImportRun,
    SavedMapping,
)
from leadfarm.intake.models.receipts import Receipt
from leadfarm.intake.models.spend import Spend

__all__ = [
    "DuplicatePair",
    "DuplicateRule",
    "Form",
    "ImportFault",
    "ImportRun",
    "ImportedChange",
    "ImportedRow",
    "Merge",
    "Receipt",
    "SavedMapping",
    "Spend",
]
