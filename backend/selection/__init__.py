"""Which model and method suit a folder and its bins."""
