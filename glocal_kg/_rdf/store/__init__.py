"""Where facts live: tables of numbers over one dictionary of terms as written; memory and disk."""
