"""Finding one's way in a graph: its terms, what is said of a thing, and search by words."""
