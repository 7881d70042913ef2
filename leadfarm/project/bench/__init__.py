"""What `leadfarm bench` measures: one module per name, each beside its floor."""
