"""What sales-ready means, who agreed to it, what was delivered under it, and what came of it."""

from leadfarm.qualification.models.definition import Definition, Signature
from leadfarm.qualification.models.delivery import Delivery, Verdict
from leadfarm.qualification.models.fit import FitRule

__all__ = ["Definition", "Delivery", "FitRule", "Signature", "Verdict"]
