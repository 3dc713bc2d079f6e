"""Measurements that anyone can run: a corpus generator, jobs, and peers beside them."""
