"""The order in which to ask about images: uncertain ones first, and no two alike."""

import torch
from torch import Tensor

from backend.types import Job, Progress

CANDIDATES = 1024
"""The most uncertain so many are considered."""
PICKS = 128
"""So many are chosen for being unlike each other; the rest follow by uncertainty."""
STEP_PICKS = 32
DECIMALS = 3
"""Of an uncertainty. Further ones differ by the company in which a label was computed, and would shuffle the order."""


def ask_order(uncertainty: Tensor, features: Tensor) -> Job[list[int]]:
    """An order of images by what an answer is worth.

    Each next image has the largest uncertainty times distance (cosine, 0..1) to what was asked before, so that alike
    images are asked about once: uncertainty with diversity, as in k-centre greedy (Sener & Savarese 2018,
    arXiv:1708.00489, section 5) weighted by uncertainty.

    Args:
        uncertainty: float [n], 0 (certain) to 1.
        features: float [n, …] of the same images.

    Returns:
        All n indices, the one to ask first in front.
    """
    uncertainty = uncertainty.to(features.device).round(decimals=DECIMALS)
    order = uncertainty.argsort(descending=True, stable=True)
    pool = order[:CANDIDATES]
    vectors = torch.nn.functional.normalize(features[pool].flatten(1), dim=1)  # [m, d]
    weight = uncertainty[pool].clone()
    nearest = torch.ones_like(weight)
    picked: list[int] = []
    for n in range(min(PICKS, len(pool))):
        best = int((weight * nearest).argmax())
        picked.append(best)
        weight[best] = -1.0
        distance = (1 - vectors @ vectors[best]).clamp(0, 2) / 2  # [m]
        nearest = torch.minimum(nearest, distance)
        if n % STEP_PICKS == STEP_PICKS - 1:
            yield Progress("ask", n + 1, PICKS)
    chosen = pool[picked].tolist()
    taken = set(chosen)
    return chosen + [i for i in order.tolist() if i not in taken]
