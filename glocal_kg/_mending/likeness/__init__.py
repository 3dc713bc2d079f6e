"""What a wrong name was meant to be, by how like it is to those that there are."""
