"""Where facts live: as written in a table of numbers, and in an index that answers SPARQL."""
