"""Programs of others at the door: REST, webhooks."""
