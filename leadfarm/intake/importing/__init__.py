"""The engine of imports: rows are read and cleaned here, decided by rules/, and written by set."""
