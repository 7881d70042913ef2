"""Who might be the same: what columns mean, how records are compared, what evidence weighs."""
