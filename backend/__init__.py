"""Few-shot image classification without a window.

An image's journey runs in a straight line (docs/architecture.md)::

    list images → decode → uint8 [h,w,3] → embed → float16 [d] → cache → fit(bins) → log_probs → Predictions → export

``images`` lists and decodes, ``embedding`` turns pixels into cached features, ``methods`` holds a meta-learner a file,
``models`` binds trunks and methods' weights into one file, ``episodes`` samples tasks, ``training`` meta-trains,
``labelling`` / ``evaluation`` / ``export`` use what is trained, ``jobs`` offers all that to a background worker as
generators, and ``cli`` is the command ``fewshot``. Nothing in here imports Qt.
"""

import os

# Before anything loads torch: its threads sleep while they wait for one another. By default they spin, and where
# another program has one of the cores they burn the other for nothing: photographs were labelled ten times more slowly.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

__version__ = "0.1.0"
