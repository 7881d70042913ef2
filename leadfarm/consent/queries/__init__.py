"""What is read about consent and rights."""
