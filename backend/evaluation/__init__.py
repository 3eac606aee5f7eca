"""Accuracy over seeded episodes, and the baselines it is compared with."""
