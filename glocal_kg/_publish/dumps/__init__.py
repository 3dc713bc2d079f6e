"""A part of a release in every format, as tables too, and read back."""
