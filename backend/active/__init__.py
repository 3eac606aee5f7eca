"""Active learning: which images to ask about next, and clusters that may be bins."""
