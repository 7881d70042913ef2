-- reserve_ids: as many numbers of a table's own sequence as a chunk will write
SELECT nextval(pg_get_serial_sequence(%(table)s, 'id')) FROM generate_series(1, %(many)s)
