"""The wall checks of `doctor` (law 9)."""

from leadfarm.engine.checks import by_query

CHECKS = [
    by_query(
        "Every table with a workspace has row-level security, forced",
        9,
        """
        select format('table %s: row-level security is not forced', table_.relname)
          from pg_class as table_
          join pg_attribute as column_ on column_.attrelid = table_.oid
                                      and column_.attname = 'workspace_id'
                                      and not column_.attisdropped
         where table_.relkind in ('r', 'p')
           and table_.relnamespace = 'public'::regnamespace
           and not (table_.relrowsecurity and table_.relforcerowsecurity)
           -- read at sign-in, before any workspace is entered
           and table_.relname not in ('access_member', 'access_invitation')
         order by 1
        """,
    ),
    by_query(
        "Web and worker are neither superuser nor owner",
        9,
        """
        select format('role %s: %s', rolname, case when rolsuper then 'is a superuser'
                                                   when rolbypassrls then 'passes through walls'
                                                   else 'owns tables' end)
          from pg_roles as role_
         where rolname in ('leadfarm_web', 'leadfarm_worker')
           and (rolsuper or rolbypassrls
                or exists (select from pg_class where relowner = role_.oid))
         order by 1
        """,
    ),
    by_query(
        "Web and worker have roles of their own",
        9,
        """
        select format('role %s is missing: everything runs as the owner, only the first lock holds',
                      wanted)
          from unnest(array['leadfarm_web', 'leadfarm_worker']) as wanted
         where not exists (select from pg_roles where rolname = wanted)
         order by 1
        """,
    ),
]
