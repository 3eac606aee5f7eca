"""The person's bins: state, undo, and the panel at the left."""
