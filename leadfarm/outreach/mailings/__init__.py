"""One-off mailings at work: whom one reaches, how it begins and ends, and what came of it."""
