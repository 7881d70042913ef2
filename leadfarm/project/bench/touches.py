"""bench touches: what a machine touch weighs on disk, with its indexes."""

from collections.abc import Iterator

from leadfarm.project.bench import base as bases
from leadfarm.project.bench.figure import Figure, Meter
from leadfarm.project.bench.ground import NOW, Session, superuser, tidy
from leadfarm.rules.codes import TouchKind

ADD = """
INSERT INTO leads_touch (workspace_id, kind, by_machine, lead_id, contact_id,
                         happened_at, known_at, recorded_at, ref)
SELECT %(workspace)s, %(kind)s, true, lead.id, lead.contact_id, at, at, at, number
  FROM generate_series(1, %(many)s) number
  CROSS JOIN LATERAL (SELECT %(now)s + number * interval '1 millisecond' AS at) moment
  JOIN (SELECT id, contact_id, row_number() OVER () AS place FROM leads_lead
         WHERE workspace_id = %(workspace)s) lead
    ON lead.place = 1 + (number * 7919::bigint) %% %(base)s
 ORDER BY number
"""
FORGET = "DELETE FROM leads_touch WHERE workspace_id = %(workspace)s AND happened_at > %(now)s"
SIZE = "SELECT pg_total_relation_size('leads_touch')"


def run(leads: int, base: int) -> Iterator[Figure]:
    """Add `leads` machine touches over the leads there, by time; weigh before and after."""
    workspace = bases.ensure(max(1, base))
    values = {"workspace": workspace.id, "many": leads, "base": max(1, base), "now": NOW}
    values |= {"kind": int(TouchKind.MAIL_SENT)}
    figure = Figure("touches", leads, base, goal="<= 180 bytes a machine touch with indexes")
    with superuser() as session:
        # Room left over from an earlier run would be filled first, and weigh nothing.
        session.execute("VACUUM FULL leads_touch")
        before = _size(session)
        clock = Meter(session.info.backend_pid)
        with clock.running():
            session.execute(ADD.encode(), values)
        figure.bytes_per_touch = (_size(session) - before) / leads
        tidy(session, [FORGET], values)
    figure.took(clock)
    yield figure


def _size(session: Session) -> int:
    found = session.execute(SIZE.encode()).fetchone()
    return int(found[0]) if found else 0
