"""Checks of a release, ours or another's."""
