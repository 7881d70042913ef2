"""What is true, in plain Python: no Django, no clock, no input or output."""
