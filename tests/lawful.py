"""What `doctor` finds in one workspace; what other tests broke in theirs is not its matter."""

from django.db import connection

from leadfarm.access.checks import CHECKS as DOORS
from leadfarm.access.walls import within
from leadfarm.engine.database import acting_as
from leadfarm.project.cli.doctor import checks


def broken_in(workspace_id: int) -> list[str]:
    """Return the findings about this workspace: the wall hides the rows of the others."""
    doors = {check.name for check in DOORS}  # of tables that are read before one is inside
    with within(workspace_id):
        inner = [check for check in checks() if check.name not in doors]
        found = [line for check in inner for line in check.find(connection)]
    with acting_as("worker"):
        outer = [line for check in DOORS for line in check.find(connection)]
    return found + [line for line in outer if line.startswith(f"workspace {workspace_id}: ")]
