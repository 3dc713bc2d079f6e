"""SPARQL: its text read once, planned, and answered over the tables of the store, within limits."""
