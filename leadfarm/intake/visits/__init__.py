"""Visits to the company's own website: the script, what it reports, and whom we recognise."""
