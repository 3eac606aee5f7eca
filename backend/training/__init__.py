"""Meta-training: one loop for every method, resumable bit for bit."""
