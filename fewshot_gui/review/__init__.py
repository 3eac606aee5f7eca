"""The labels to review: the acceptance threshold, and clusters of alike images below it."""
