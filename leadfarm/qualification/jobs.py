"""Work that takes longer than a page: thin jobs, safe to repeat."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app


@app.task(queue="programs", name="grade_anew")
def grade_anew(workspace_id: int) -> None:
    """Work out the fit of every lead after its rules were changed."""
    from leadfarm.access.models import Workspace
    from leadfarm.qualification.actions.grading import grade

    grade(Workspace.objects.get(id=workspace_id), now=datetime.now(UTC))
