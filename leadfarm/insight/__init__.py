"""What happened and what it cost: sources, campaigns, cohorts."""
