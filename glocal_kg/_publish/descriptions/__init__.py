"""What describes a release: cards, catalog, counts, queries, mappings, texts to read."""
