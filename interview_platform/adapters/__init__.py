"""The edges: one vendor, one file."""
