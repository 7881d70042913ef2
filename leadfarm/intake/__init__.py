"""How leads come in: imports, forms, spend."""
