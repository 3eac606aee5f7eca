"""Panel at the right: one image, and what is known about it."""
