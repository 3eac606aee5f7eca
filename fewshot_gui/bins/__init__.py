"""Panel at the left: bins, their names and their examples."""
