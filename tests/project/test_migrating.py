"""Our `migrate` does what Django's does, with the models of the past made less often."""

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel, RunSQL
from django.db.migrations.state import ProjectState

from leadfarm.project.management.commands.migrate import Together, together

OURS = "leads", "0001_initial"


def test_operations_together_leave_the_state_that_they_leave_one_by_one() -> None:
    loader = MigrationLoader(None)
    plan = loader.graph.forwards_plan(OURS)
    plain, quick = ProjectState(), ProjectState()
    for key in plan:
        migration = loader.graph.nodes[key]
        migration.mutate_state(plain, preserve=False)
        migration.operations = together(migration.operations)
        migration.mutate_state(quick, preserve=False)
    assert told_by(quick) == told_by(plain)
    made = loader.graph.nodes[OURS].operations
    assert isinstance(made[0], Together)
    assert len(made) < 20


def told_by(state: ProjectState) -> dict[tuple[str, str], object]:
    """Return the columns and options of every table, in their order."""
    return {key: ([*one.fields], one.options) for key, one in state.models.items()}


def test_what_is_not_of_one_kind_stays_alone_and_in_its_order() -> None:
    one, other, sql = CreateModel("One", []), CreateModel("Other", []), RunSQL("select 1")
    assert together([one, sql, other]) == [one, sql, other]
    (first, second) = together([one, other, sql])
    assert isinstance(first, Together)
    assert (first.operations, second) == ([one, other], sql)
