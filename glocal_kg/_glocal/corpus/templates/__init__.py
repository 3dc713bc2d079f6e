"""Templates: sheets to fill in, made from the shapes, and known again when they come back."""

from glocal_kg._glocal.corpus.templates.filled import Moved, filled_template
from glocal_kg._glocal.corpus.templates.template_files import template

__all__ = ["Moved", "filled_template", "template"]
