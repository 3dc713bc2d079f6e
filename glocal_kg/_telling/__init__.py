"""What engines found, told in sentences, tables and pictures."""
