"""Questions of the public pages: which form stands here, asked in one statement and no more."""

from collections.abc import Mapping
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.access.tally import COUNT
from leadfarm.engine.statements import columns_of, loaded, prepared
from leadfarm.intake.hosting.design import Design, read
from leadfarm.intake.models import Form, FormVersion

OPEN = f"""
SELECT {columns_of(Form, "form")}, {columns_of(Workspace, "home")}
  FROM intake_form form JOIN access_workspace home ON home.id = form.workspace_id
 WHERE form.slug = %(slug)s::text AND form.opened_at IS NOT NULL AND form.closed_at IS NULL
"""  # noqa: S608 (columns of our own models)
ANY = OPEN.partition(" AND form.opened_at")[0]
COUNTED = f"""
WITH counted AS ({COUNT}), form AS ({OPEN})
SELECT counted.count AS sent, form.* FROM counted LEFT JOIN form ON true
"""  # noqa: S608


def open_form(slug: str) -> Form | None:
    """Return the open form at this address with its workspace, or None."""
    for row in prepared(OPEN, {"slug": slug}):
        return _form(row)
    return None


def any_form(slug: str) -> Form | None:
    """Return the form at this address with its workspace, open or not, or None."""
    for row in prepared(ANY, {"slug": slug}):
        return _form(row)
    return None


def form_and_count(slug: str, counting: Mapping[str, Any]) -> tuple[Form | None, int]:
    """Return the same, and the tally after counting one more (values as tally.one_more makes)."""
    (row,) = prepared(COUNTED, {"slug": slug, **counting})
    return _form(row), int(row["sent"])


def _form(row: Mapping[str, Any]) -> Form | None:
    form, home = loaded(Form, row, "form"), loaded(Workspace, row, "home")
    if form is not None and home is not None:
        form.workspace = home
    return form


def design_of(form: Form, number: int) -> Design:
    """Return the design of the version somebody saw; the one in force where it is not known.

    Call it inside the workspace.
    """
    if number in (0, form.version):
        return read(form.design)
    seen = FormVersion.objects.of(form.workspace_id).filter(form=form, number=number).first()
    return read(seen.design if seen else form.design)
