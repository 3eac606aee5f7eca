"""One script per figure; each prints what docs/results.md quotes."""

import backend as backend  # first: it says how torch's threads are to wait
