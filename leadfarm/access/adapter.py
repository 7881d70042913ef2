"""How allauth behaves here: accounts are made by invitation, never by whoever comes along."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes open registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: a person joins by an invitation, the first one by `leadfarm init`."""
        return False
