"""The embedded PostgreSQL: a server that pip installs, looked after by a small supervisor."""

from leadfarm.engine.postgres.cluster import Cluster

__all__ = ["Cluster"]
