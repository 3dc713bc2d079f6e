"""What is of this study alone: its vocabulary, its packaged files, its map."""
