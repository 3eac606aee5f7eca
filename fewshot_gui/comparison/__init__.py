"""Comparison of methods and models on the user's own bins."""
