"""Practices, cities and other things as typed objects that lose nothing."""
