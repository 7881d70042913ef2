"""May this contact be touched now? Purposes, suppression, preferences, the quiet window."""
