"""A company's months in minutes, driven through the product's own front doors."""
