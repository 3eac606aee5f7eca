"""Pixels to features: choose the device, run a trunk in small steps, cache the features on disk."""
