"""A company as its page shows it: who decides there, what hangs on it, how engaged it is."""
