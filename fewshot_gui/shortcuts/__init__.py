"""Shortcuts: which keys do what, the person's own choice of them, and digits by their place on the keyboard."""
