"""Settings, urls, schedule, command line."""
