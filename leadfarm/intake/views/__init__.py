"""Pages of intake: imports and hosted forms."""
