"""How history is made to forget a person: the one way to change what is append-only.

A model names in `forgets` the columns that may name somebody, with what stands there afterwards.
The function runs as the owner of the table, who is behind the wall as well and therefore has a
policy of its own for as long as the function runs; it sets these columns to these values and can
do nothing else. Only the worker may call it: no page changes history.
"""

from collections.abc import Mapping

FORGET = """
CREATE OR REPLACE FUNCTION {table}_forget(its_workspace integer, ids bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE many bigint;
BEGIN
    PERFORM set_config('leadfarm.forgetting', its_workspace::text, true);
    UPDATE {table} SET {set} WHERE workspace_id = its_workspace AND id = ANY(ids);
    GET DIAGNOSTICS many = ROW_COUNT;
    PERFORM set_config('leadfarm.forgetting', '', true);
    RETURN many;
END $$"""
HERE = "workspace_id = nullif(current_setting('leadfarm.forgetting', true), '')::integer"


def forgetting(table: str, columns: Mapping[str, str], roles: bool) -> list[str]:
    """Return the statements that let the worker make this table forget; none without columns."""
    if not columns:
        return []
    said = ", ".join(f"{column} = {value}" for column, value in columns.items())
    made = [FORGET.format(table=table, set=said)]
    made.append(f"REVOKE ALL ON FUNCTION {table}_forget(integer, bigint[]) FROM PUBLIC")
    if roles:
        made += [
            f"GRANT EXECUTE ON FUNCTION {table}_forget(integer, bigint[]) TO leadfarm_worker",
            f"DROP POLICY IF EXISTS forget ON {table}",
            f"CREATE POLICY forget ON {table} TO CURRENT_USER USING ({HERE})",
        ]
    return made
