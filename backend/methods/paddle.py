"""PADDLE: Towards Practical Few-Shot Query Sets: Transductive Minimum Description Length Inference. Martin, Boudiaf,
Chouzenoux, Pesquet & Ben Ayed, NeurIPS 2022 (arXiv:2210.14545).

The folder's images are clustered around the bins' means, softly, while few words should suffice to tell their bins:

    Σ u ‖image − mean‖² · τ/2  +  Σ u log u  −  λ · Σ share log share   (share: mean of u over the images)

is lowered in turns: assignments u are a softmax over −τ/2 · distance² + λ/m · log share, means are those of the images
by u, and of the examples. No bin is asked to have as many images as another: one that draws few draws fewer, so a
folder in which bins are very unequal, or missing, is no harder than another.

The classifier is the means and the shares: what it says of an image does not depend on what else is asked.

Departures:
- Features are centred as in SimpleShot (``centred.py``), and distances are multiplied by τ = 20 / 2.
- λ is half the number of images: the paper's λ leaves small bins empty where examples are few and poor.
- A bin's examples count as several images of the folder (``transductive.trust``), and shares as if each bin had
  ``SMOOTHING`` images more.
- ``PASSES`` turns, not until nothing moves: more passes gained nothing.
- At most 2,048 images are read, and fewer than ten for each bin are not: then this is SimpleShot.
"""

import torch
from torch import Tensor

from backend.methods.base import Support
from backend.methods.centred import CentredMethod, Examples, NearestMean
from backend.methods.simpleshot import SCALE
from backend.methods.transductive import folder_of, trust

TAU = 20.0
PRIOR = 0.5
"""λ for each image of the folder."""
SMOOTHING = 5.0
PASSES = 5
CLUSTERED_SCALE = 8.0
"""What squared distances to means that have moved are multiplied by, for probabilities."""


def assignments(folder: Tensor, means: Tensor, shares: Tensor) -> Tensor:
    """u [m, w] of ``folder`` [m, d], given means [w, d] and shares [w]. The term in ‖x‖² is the same for all bins."""
    return torch.softmax(TAU * (folder @ means.T - 0.5 * means.square().sum(1)) + PRIOR * shares.log(), dim=1)


def clustered(examples: Examples, folder: Tensor) -> tuple[Tensor, Tensor]:
    """Means [w, d] and shares [w] after ``PASSES`` turns; ``folder`` [m, d] placed as the examples are."""
    means = given = examples.prototypes()
    weight = trust(examples.labels)
    shares = folder.new_full((examples.way,), 1.0 / examples.way)
    for _ in range(PASSES):
        u = assignments(folder, means, shares)
        drawn = u.sum(0)
        means = (weight * given + u.T @ folder) / (weight + drawn[:, None])
        shares = (drawn + SMOOTHING) / (len(folder) + SMOOTHING * examples.way)
    return means, shares


class Paddle(CentredMethod):
    """Clusters of the folder, held by the examples."""

    name = "paddle"
    title = "PADDLE"
    summary = (
        "Clusters the folder around the bins' means and estimates how much each bin holds; bins may be very unequal."
    )
    paper = "Martin, Boudiaf, Chouzenoux, Pesquet & Ben Ayed 2022, arXiv:2210.14545"
    transductive = True

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> NearestMean:
        """Clusters ``unlabelled`` [m, d] around the means of ``support``; SimpleShot where there are too few of
        these."""
        examples = self.examples(support)
        folder = folder_of(unlabelled, examples.way)
        if folder is None:
            return NearestMean(examples, SCALE)
        means, shares = clustered(examples, examples.place(folder))
        return NearestMean(examples, CLUSTERED_SCALE, means, handicap=-2 * PRIOR / TAU * shares.log())
