"""bench touches: what a machine touch weighs on disk, with its indexes."""

from collections.abc import Iterator

from leadfarm.project.bench import base as bases
from leadfarm.project.bench.figure import Figure, Meter
from leadfarm.project.bench.ground import NOW, Session, superuser, tidy
from leadfarm.rules.codes import TouchKind

ADD = """
INSERT INTO {table} (workspace_id, kind, by_machine, lead_id, contact_id, happened_at, known_at,
                     recorded_at, ref)
SELECT %(workspace)s, %(kind)s, true, lead.id, lead.contact_id, at, at, at, number
  FROM generate_series(%(first)s::bigint, %(last)s::bigint) number
  CROSS JOIN LATERAL (SELECT %(now)s + number * interval '1 millisecond' AS at) moment
  JOIN (SELECT id, contact_id, row_number() OVER () AS place FROM leads_lead
         WHERE workspace_id = %(workspace)s) lead
    ON lead.place = 1 + abs(hashint8(number)::bigint) %% %(base)s
 ORDER BY number
"""
FORGET = "DELETE FROM leads_touch WHERE workspace_id = %(workspace)s AND happened_at > %(now)s"
# A table of the same make: what is weighed has neither room left over nor the base in it.
ALIKE = "CREATE TEMP TABLE weighed (LIKE leads_touch INCLUDING ALL)"
SIZE = "SELECT pg_total_relation_size('weighed')"
PARTS = 20


def run(leads: int, base: int) -> Iterator[Figure]:
    """Add `leads` machine touches in order of time, each to any of the leads there; weigh them."""
    workspace = bases.ensure(max(1, base))
    values = {"workspace": workspace.id, "base": max(1, base), "now": NOW}
    values |= {"kind": int(TouchKind.MAIL_SENT)}
    figure = Figure("touches", leads, base, goal="<= 180 bytes a machine touch with indexes")
    with superuser() as session:
        clock = Meter(session.info.backend_pid)
        add = ADD.format(table="leads_touch").encode()
        with clock.running():
            session.execute(add, values | {"first": 1, "last": leads})
        tidy(session, [FORGET], values)
        figure.bytes_per_touch = _weigh(session, values, leads) / leads
    figure.took(clock)
    yield figure


def _weigh(session: Session, values: dict[str, object], touches: int) -> int:
    """Return the bytes of so many touches that came in many transactions."""
    session.execute(ALIKE)
    add = ADD.format(table="weighed").encode()
    for part in range(PARTS):
        first, last = 1 + part * touches // PARTS, (part + 1) * touches // PARTS
        session.execute(add, values | {"first": first, "last": last})
    found = session.execute(SIZE.encode()).fetchone()
    return int(found[0]) if found else 0
