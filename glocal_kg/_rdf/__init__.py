"""The ground: terms, formats, reading, the store and the text of queries, of any RDF."""
