"""The text of SPARQL queries: what is in it, and what is refused."""
