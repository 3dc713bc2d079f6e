"""What to write instead: the words of a finding, and the Turtle that mends it."""
