"""The clause builder: groups of conditions as plain inputs, for every page that edits a clause.

    catalogue = fields_of(request.workspace)                    # leadfarm.leads.queries.catalogue
    builder = show(clause, catalogue)                           # rows of a clause (None: one blank)
    builder = read(request.POST, catalogue)                     # what was filled in (or GET)
    if builder.pressed: draw the page again                     # a row was added, taken or changed
    if builder.clause is None: draw the page again              # faults stand beside their rows
    save(serialise(builder.clause))

In a template, inside any form: {% include "leads/clause_builder/builder.html" %}, with `builder`
and `workspace` in the context. Several builders on one page: give each a `prefix`. Works without
JavaScript (buttons send the form, the page is drawn again); with it only the rows are redrawn.
"""

from leadfarm.leads.clause_builder.builder import Builder, read, show
from leadfarm.leads.clause_builder.rows import Group, Row

__all__ = ["Builder", "Group", "Row", "read", "show"]
