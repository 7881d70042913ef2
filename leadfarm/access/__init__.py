"""Who may come in: workspaces, members, teams, outside firms, roles, walls, audit."""
