"""Pages of the access room inside a workspace: the start, and the settings."""
