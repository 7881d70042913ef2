"""What is wrong with a template, in words and with its line."""

from dataclasses import dataclass

from leadfarm.engine.errors import LeadfarmError


@dataclass(frozen=True)
class Fault:
    """One thing to put right: where it is (subject or body), on which line, and what to do."""

    where: str
    what: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.where}, line {self.line}" if self.line else self.where
        return f"{place}: {self.what}"


class TemplateFault(LeadfarmError):
    """A template could not be rendered; the message names the template and the line."""

    def __init__(self, fault: Fault, template: str = "") -> None:
        named = f"Template {template}: {fault}" if template else str(fault)
        super().__init__(named, "Correct the template and publish it again.")
        self.fault = fault
