"""From bins and features to calibrated predictions."""
