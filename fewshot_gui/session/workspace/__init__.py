"""Keeps the workspace file up with what the person does, and brings it back."""
