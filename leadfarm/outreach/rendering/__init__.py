"""From what a marketer wrote to what a contact reads; what never ends is stopped and named."""

from leadfarm.outreach.rendering.compiling import Compiled, compile_body, faults_of
from leadfarm.outreach.rendering.faults import Fault, TemplateFault
from leadfarm.outreach.rendering.rendered import Rendered, Wording

__all__ = ["Compiled", "Fault", "Rendered", "TemplateFault", "Wording", "compile_body", "faults_of"]
