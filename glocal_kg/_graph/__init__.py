"""The graph object: what it holds, how it changes, what follows, what is wrong, and why."""
