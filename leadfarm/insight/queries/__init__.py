"""What reports ask: one set-based statement each."""
