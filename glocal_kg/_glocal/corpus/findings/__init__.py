"""What became of every cell: findings, their rules, and the tables and copies that tell them."""

from glocal_kg._glocal.corpus.findings.finding import Finding, Findings
from glocal_kg._glocal.corpus.findings.rules import RULES, Level, Rule, page

__all__ = ["RULES", "Finding", "Findings", "Level", "Rule", "page"]
