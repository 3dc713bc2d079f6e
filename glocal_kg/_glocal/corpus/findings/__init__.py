"""What became of every cell: findings, their rules, and the tables and copies that tell them."""

from glocal_kg._glocal.corpus.findings.finding import Findings, ImportFinding
from glocal_kg._glocal.corpus.findings.import_rules import RULES, ImportRule, Level, page

__all__ = ["RULES", "Findings", "ImportFinding", "ImportRule", "Level", "page"]
