"""Webhooks of other products: found in their JSON by paths, proven by a signature."""
