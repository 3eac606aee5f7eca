"""Prototype Rectification for Few-Shot Learning (BD-CSPN). Liu, Song & Qin, ECCV 2020 (arXiv:1911.10713).

Each of the folder's images counts towards the prototype it is nearest to by cosine, beside the examples, weighted by a
softmax over cosines times ε = 10 (intra-class bias).

The classifier is the rectified prototypes: what it says of an image does not depend on what else is asked.

Departures:
- Features are centred as in SimpleShot (``centred.py``). The paper also shifts the folder by the difference of its
  mean and the examples' (cross-class bias). That is left out: it presumes that the folder holds all bins alike, and
  costs ten points where it holds one.
- A bin's examples count as several images (``centred.trust``), so none is lost: a bin of which the folder holds nothing
  keeps its own mean.
- ``PASSES`` passes instead of one: images are asked again where they belong once the prototypes are better.
- At most 2,048 images are read, and fewer than ten for each bin are not: then this is SimpleShot.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods.base import Support
from backend.methods.centred import CentredMethod, Examples, NearestMean, trust
from backend.methods.simpleshot import moved_by_folder

EPSILON = 10.0
PASSES = 3
RECTIFIED_SCALE = 9.0


def rectified(examples: Examples, folder: Tensor) -> Tensor:
    """Rectified prototypes [w, d]; ``folder`` [m, d] placed as the examples are, of unit length."""
    given = trust(examples.labels)
    sums = own = given * examples.prototypes()  # a cosine asks for the direction alone, so sums do until the end
    kept = folder.new_empty(0)
    for _ in range(PASSES):
        weights = torch.softmax(folder @ (EPSILON * F.normalize(sums, dim=1)).T, dim=1)  # [m, w]
        kept = weights.masked_fill(weights < weights.amax(1, keepdim=True), 0.0)
        sums = torch.addmm(own, kept.T, folder)
    return sums / (given + kept.sum(0)[:, None])


class BDCSPN(CentredMethod):
    """Prototypes rectified by the folder."""

    name = "bd-cspn"
    title = "BD-CSPN"
    summary = "The folder's own images complete the means of the bins they are nearest to."
    paper = "Liu, Song & Qin 2020, arXiv:1911.10713"
    transductive = True

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> NearestMean:
        """Rectifies the means of ``support`` by ``unlabelled`` [m, d]; SimpleShot where there are too few of these."""
        return moved_by_folder(self.examples(support), unlabelled, rectified, RECTIFIED_SCALE)
