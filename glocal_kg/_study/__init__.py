"""The study's names and files: its vocabulary, its terms, and where the packaged files are."""
