"""What a file may do to values that are there: never, if blank (the usual), always."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadfarm.intake.importing.job import Job
from leadfarm.rules.codes import Overwrite


@dataclass(frozen=True)
class Overwriting:
    """The rules of one import, and where and when it writes."""

    workspace: int
    run: int
    now: datetime
    rules: dict[str, Overwrite]
    tells: bool = True  # what is there may change
    opens: bool = True  # what is not there is made

    @classmethod
    def of(cls, job: Job) -> "Overwriting":
        """Return the rules of a mapping; what is set for every row may fill blanks."""
        rules = {column.to: column.overwrite for column in job.mapping.columns}
        taken = job.mapping.takes
        return cls(job.workspace.id, job.run.id, job.now, rules, taken != "new", taken != "known")

    def always(self, target: str) -> bool:
        """Whether the file's word counts more than what is there."""
        return self.tells and self.rules.get(target) is Overwrite.ALWAYS

    def pick(self, target: str, there: Any, told: Any) -> Any:
        """Return the value to keep: of what is there and what the file tells."""
        if told in (None, "") or told == there or not self.tells:
            return there
        rule = self.rules.get(target, Overwrite.IF_BLANK)
        if rule is Overwrite.ALWAYS or (rule is Overwrite.IF_BLANK and there in (None, "")):
            return told
        return there
