"""What pages ask of the record. Every question is a constant number of queries."""
