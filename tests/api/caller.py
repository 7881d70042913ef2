"""A program that calls the API with a token."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from leadfarm.access.actions import make_token
from leadfarm.access.models import Team
from leadfarm.access.scopes import Scope
from tests.world import World


@dataclass
class Caller:
    """Calls under /api/v1/ as whoever has this secret."""

    secret: str

    def fresh(self) -> "Caller":
        """Return one that shares nothing: for calls at the same time."""
        return Caller(self.secret)

    def get(self, path: str) -> Any:
        """Return the answer to a GET."""
        return self._client().get(f"/api/v1/{path}", headers=self._headers())

    def post(self, path: str, told: Any, key: str = "") -> Any:
        """Return the answer to a POST of this as JSON."""
        return self.raw(path, json.dumps(told).encode(), key)

    def raw(self, path: str, body: bytes, key: str = "") -> Any:
        """Return the answer to a POST of these bytes."""
        headers = self._headers() | ({"Idempotency-Key": key} if key else {})
        kind = "application/json"
        return self._client().post(f"/api/v1/{path}", body, content_type=kind, headers=headers)

    def _client(self) -> Client:
        client = Client()
        client.raise_request_exception = False
        return client

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}


def caller(world: World, *scopes: Scope, firm: Team | None = None) -> Caller:
    """Return a caller with a new token; with all rights where none are named."""
    allowed = scopes or (tuple(Scope) if firm is None else (Scope.READ, Scope.FINDINGS))
    with world.inside():
        _, secret = make_token(world.ada, "Website", allowed, firm, now=world.now)
    return Caller(secret)
