"""One script per figure; each prints what docs/results.md quotes."""
