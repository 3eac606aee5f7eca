"""Pixels to features: choose the device, run a trunk in small steps, keep what it gives in a cache on disk."""
