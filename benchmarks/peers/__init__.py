"""One module for each peer: the same jobs, each run as a process of its own.

    python -m benchmarks.peers.<peer> <job> <corpus> [...]

Each prints one line of JSON: what it found, and where only a part of the process is measured,
that part's seconds.
"""
