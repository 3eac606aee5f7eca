"""Methods side by side on the person's own bins, and which is best for them."""
