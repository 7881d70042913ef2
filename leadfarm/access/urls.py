"""Addresses of the access room inside a workspace."""

from django.urls import path

from leadfarm.access.views import inbox, members, preferences, start, teams, tokens

app_name = "access"
urlpatterns = [
    path("", start.start, name="start"),
    path("first-steps/", start.first_steps, name="first-steps"),
    path("notifications/", inbox.show, name="inbox"),
    path("notifications/read/", inbox.read_all, name="read-all"),
    path("notifications/unread/", inbox.unread_again, name="unread-again"),
    path("notifications/<int:notification_id>/", inbox.opened, name="opened"),
    path("notifications/<int:notification_id>/read/", inbox.read, name="read"),
    path("settings/", preferences.account, name="account"),
    path("settings/notifications/", inbox.notifying, name="notifying"),
    path("settings/members/", members.members, name="members"),
    path("settings/members/<int:member_id>/", members.member, name="member"),
    path("settings/members/<int:member_id>/departure/", members.departure, name="departure"),
    path("settings/members/<int:member_id>/return/", members.comeback, name="return"),
    path("settings/invitations/", members.invitations, name="invitations"),
    path(
        "settings/invitations/<int:invitation_id>/withdrawal/",
        members.withdrawal,
        name="withdrawal",
    ),
    path("settings/teams/", teams.teams, name="teams"),
    path("settings/teams/new/", teams.new_team, name="new-team"),
    path("settings/teams/<int:team_id>/", teams.team, name="team"),
    path("settings/workspace/", preferences.workspace, name="workspace"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path(
        "settings/tokens/<int:api_token_id>/revocation/",
        tokens.revocation,
        name="token-revocation",
    ),
    path("settings/tokens/<int:api_token_id>/return/", tokens.comeback, name="token-return"),
    path("settings/audit/", preferences.audit, name="audit"),
]
