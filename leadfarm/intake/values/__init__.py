"""Reading cells: dates, numbers, countries and code words, each with a sentence when it fails."""
