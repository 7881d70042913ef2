"""Today, the task player, the brief, pipeline."""
