"""Leadfarm: from raw lead to order, on one shared record."""
