"""What all pictures share: the typeface they are measured with, and a finished picture."""
