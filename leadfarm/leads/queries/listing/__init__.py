"""The list of leads: filtered, found by words, sorted, paged by key, counted up to a cap."""
