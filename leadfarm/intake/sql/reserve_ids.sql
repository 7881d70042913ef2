-- reserve_ids: as many numbers of a table's own sequence as a chunk will write. The subquery asks
-- for the sequence once, not once a number.
SELECT nextval((SELECT pg_get_serial_sequence(%(table)s, 'id')::regclass))
  FROM generate_series(1, %(many)s)
