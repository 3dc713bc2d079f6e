"""Checks: rules across things, asked as one query each; their rows land in the same report."""

from glocal_kg._checks.checks import Check, read_check, read_checks, run_checks

__all__ = ["Check", "read_check", "read_checks", "run_checks"]
