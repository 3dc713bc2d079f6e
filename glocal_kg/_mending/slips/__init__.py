"""What no shape can see: each file looks at facts of one's own for one kind of slip."""
