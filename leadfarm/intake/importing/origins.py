"""Sources and campaigns by the names files give them; new names are made."""

from leadfarm.leads.models import Campaign, Source


class Origins:
    """The workspace's sources and campaigns, fetched once."""

    def __init__(self, workspace: int) -> None:
        self.workspace = workspace
        sources = list(Source.objects.of(workspace))
        self.sources = {source.name.casefold(): source.id for source in sources}
        self.teams = {source.id: source.greeting_team_id for source in sources}
        campaigns = list(Campaign.objects.of(workspace))
        self.campaigns = {c.name.casefold(): (c.id, c.source_id) for c in campaigns}

    def of(self, source: str, campaign: str) -> tuple[int, int | None]:
        """Return the ids; a campaign brings its own source where the row names none."""
        found = self.campaign(campaign) if campaign else (None, None)
        if not source and found[1] is not None:
            return found[1], found[0]
        return self.source(source), found[0]

    def source(self, name: str) -> int:
        """Return the id of the source of this name."""
        key = name.casefold()
        if key not in self.sources:
            made, _ = Source.objects.get_or_create(workspace_id=self.workspace, name=name)
            self.sources[key] = made.id
        return self.sources[key]

    def campaign(self, name: str) -> tuple[int, int | None]:
        """Return the id of the campaign of this name and that of its source."""
        key = name.casefold()
        if key not in self.campaigns:
            made, _ = Campaign.objects.get_or_create(workspace_id=self.workspace, name=name)
            self.campaigns[key] = (made.id, made.source_id)
        return self.campaigns[key]

    def greeting_team(self, source: int | None) -> int | None:
        """Return the team that greets inquiries from this source, or None."""
        return self.teams.get(source) if source is not None else None
