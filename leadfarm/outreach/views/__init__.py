"""Pages of the outreach room, and the public ones that mails lead to."""
