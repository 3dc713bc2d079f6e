"""The ground: terms, formats, reading, writing, the store and SPARQL, for any RDF."""
