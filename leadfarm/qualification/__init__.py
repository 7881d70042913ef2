"""What sales-ready means: fit, the definition and its signatures, delivery, verdicts."""
