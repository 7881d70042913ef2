"""A company's own server: what DATABASE_URL may look like."""

import pytest

from leadfarm.engine.database import databases


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("postgresql://owner:s%40crt@db.example:6543/leads?sslmode=require", "db.example"),
        ("postgresql://owner:s%40crt@/leads?host=/run/PostgreSQL", "/run/PostgreSQL"),
    ],
)
def test_a_server_is_reached_by_name_or_by_socket(
    url: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    owner, web = databases()["owner"], databases()["web"]
    assert (owner["HOST"], owner["NAME"], owner["USER"]) == (host, "leads", "owner")
    assert owner["PASSWORD"] == "s@crt"
    assert owner["OPTIONS"] == ({"sslmode": "require"} if "." in host else {})
    assert web["USER"] == "leadfarm_web"
    assert web["PASSWORD"] not in ("", "s@crt")
