"""Pages of the agreement and of the verdicts."""
