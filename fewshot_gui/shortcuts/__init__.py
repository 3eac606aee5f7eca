"""Shortcuts: the default keys, the person's own, and the dialog that changes them."""
