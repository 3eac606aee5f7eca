"""Heads on a trunk's vectors that start as the nearest mean.

A head that was trained from random weights on one kind of picture has to find out anew what the trunk already knows,
and on other kinds it may be worse than the nearest mean. Here a head starts as the nearest mean and learns what to
change, as Proto-MAML does (Triantafillou et al. 2020, "Meta-Dataset", arXiv:1903.03096, section 3). It is a departure
from the papers, and each method says so.
"""

import torch
from torch import Tensor, nn

from backend.methods.prototypical import squared_distances

QUIET = 0.1
"""What the head's own scores count at the start."""


class NearestMeanStart(nn.Module):
    """gate · own scores − weight · squared distance to the class means.

    Args:
        weight, gate: at the start; both are learned.
    """

    def __init__(self, weight: float = 1.0, gate: float = QUIET) -> None:
        super().__init__()
        self.weight, self.gate = nn.Parameter(torch.tensor(weight)), nn.Parameter(torch.tensor(gate))

    def forward(self, scores: Tensor, classes: Tensor, queries: Tensor) -> Tensor:
        """Scores [b, q, w] for class means [b, w, d] and queries [b, q, d] → [b, q, w]."""
        return self.gate * scores - self.weight * squared_distances(queries, classes)
