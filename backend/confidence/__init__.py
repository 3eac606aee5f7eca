"""From log-probabilities to confidences: temperature, and images that belong in no bin."""
