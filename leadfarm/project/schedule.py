"""What runs by itself, and how often. Jobs are thin: each calls one verb and hands it the time."""

from procrastinate.contrib.django import app

__all__ = ["app"]
