"""Programs: versions, enrolments, the set-based engine."""
