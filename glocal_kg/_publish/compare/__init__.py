"""Two graphs side by side: what changed, what it means for the version, the patch between them."""
