"""Methods and models compared on the user's own bins."""
