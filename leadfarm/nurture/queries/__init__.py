"""What the pages of programs read."""
