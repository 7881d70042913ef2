"""What `doctor` asks about walls and doors (law 9)."""

from typing import Any

from leadfarm.access.personas import is_loopback
from leadfarm.engine.checks import Check, by_query


def demos_within_reach(connection: Any) -> list[str]:
    """Return the demos of an installation that answers to other names than this machine's own."""
    from django.conf import settings

    names = [host.strip("[]") for host in settings.ALLOWED_HOSTS]
    foreign = [name for name in names if name != "localhost" and not is_loopback(name)]
    reach = [settings.PUBLIC_URL] * bool(settings.PUBLIC_URL) + foreign
    if not reach:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select id, slug from access_workspace where is_demo order by id")
        demos = cursor.fetchall()
    where = ", ".join(reach)
    return [f"workspace {key}: {slug} is a demo, and reached as {where}" for key, slug in demos]


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
    Check(
        "A demo, which anybody may enter, is reached on this machine only", 9, demos_within_reach
    ),
    by_query(
        "Who may be entered as a persona has no place in a real workspace",
        9,
        """
        select distinct format('user %s: also a member of workspace %s', real.user_id,
                               real.workspace_id)
          from access_member as real
          join access_workspace as place on place.id = real.workspace_id and not place.is_demo
          join access_member as played on played.user_id = real.user_id
          join access_workspace as demo on demo.id = played.workspace_id and demo.is_demo
         where real.left_at is null and played.left_at is null
         order by 1
        """,
    ),
    by_query(
        "Every workspace has an admin",
        9,
        """
        select format('workspace %s: has no admin', id)
          from access_workspace as place
         where exists (select from access_member where workspace_id = place.id)
           and not exists (select from access_member
                            where workspace_id = place.id and role = 5 and left_at is null)
         order by id
        """,
    ),
    by_query(
        "Who is in an outside firm stands behind its wall, and nobody else does",
        9,
        """
        select format('member %s: team %s, wall %s', member.id, member.team_id, member.firm_id)
          from access_member as member
          left join access_team as team on team.workspace_id = member.workspace_id
                                       and team.id = member.team_id
         where member.firm_id is distinct from (case when team.is_firm then team.id end)
         order by member.id
        """,
    ),
    by_query(
        "A lead's firm is an outside firm",
        9,
        """
        select format('lead %s: team %s is no outside firm', lead.id, lead.firm_id)
          from leads_lead as lead
          join access_team as team on team.workspace_id = lead.workspace_id
                                  and team.id = lead.firm_id
         where not team.is_firm
         order by lead.id
        """,
    ),
]
