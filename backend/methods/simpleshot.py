"""SimpleShot: Revisiting Nearest-Neighbor Classification for Few-Shot Learning. Wang, Chao, Weinberger & van der Maaten
2019 (arXiv:1911.04623).

Features are centred by a mean and brought to unit length ("CL2N"); a class is the mean of its examples, the
nearest mean in Euclidean distance wins.

Departures:
- The centre is the mean of the base classes, as published, only where the model's file carries it
  (``method/simpleshot/base_mean``); else it is the mean of the bins' means (``centred.py``).
- The paper has labels only. Probabilities are a softmax over −SCALE · distance².
"""

from torch import Tensor

from backend.methods.base import Support
from backend.methods.centred import CentredMethod, NearestMean

SCALE = 8.0


class SimpleShot(CentredMethod):
    """Centre, normalise, nearest mean."""

    name = "simpleshot"
    title = "SimpleShot"
    summary = "Centred features of unit length; the nearest mean wins. Instant, on any model."
    paper = "Wang, Chao, Weinberger & van der Maaten 2019, arXiv:1911.04623"

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> NearestMean:
        """One mean for each class of ``support``, inputs [n, d] or [n, v, d]."""
        return NearestMean(self.examples(support), SCALE)
