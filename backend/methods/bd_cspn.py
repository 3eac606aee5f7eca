"""Prototype Rectification for Few-Shot Learning (BD-CSPN). Liu, Song & Qin, ECCV 2020 (arXiv:1911.10713).

The folder's features are shifted so that their mean is the examples' (cross-class bias); each then counts
towards the prototype it is nearest to by cosine, beside the examples, weighted by a softmax over cosines times ε = 10
(intra-class bias). One pass, in closed form.

The classifier is the rectified prototypes: what it says of an image does not depend on what else is asked.

Departures:
- Features are centred as in SimpleShot (``centred.py``), and the examples' mean in the shift is the mean of the bins'
  means. Images that are asked about are not shifted: the shift serves to guess the folder's labels, and where a folder
  holds mostly one kind, it is off.
- A bin's examples weigh the softmax of their cosines as well (as the folder's do), so none is lost: a bin of which the
  folder holds nothing keeps its own mean.
- At most 2,048 images are read, and fewer than ten for each bin are not: then this is SimpleShot.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods.base import Support
from backend.methods.centred import CentredMethod, Examples, NearestMean, folder_of
from backend.methods.simpleshot import SCALE

EPSILON = 10.0
RECTIFIED_SCALE = 11.0


def rectified(examples: Examples, folder: Tensor) -> Tensor:
    """Rectified prototypes [w, d]; ``folder`` [m, d] placed as the examples are."""
    means = examples.prototypes()
    shifted = folder + (means.mean(0) - folder.mean(0))
    inputs = torch.cat([examples.views.mean(1), shifted])  # [n + m, d]
    cosines = F.normalize(inputs, dim=1) @ F.normalize(means, dim=1).T
    weights = torch.softmax(EPSILON * cosines, dim=1)  # [n + m, w]
    guessed = torch.cat([examples.labels, weights[len(examples.labels) :].argmax(1)])
    kept = weights * F.one_hot(guessed, examples.way)
    return (kept / kept.sum(0)).T @ inputs


class BDCSPN(CentredMethod):
    """Prototypes rectified by the folder."""

    name = "bd-cspn"
    title = "BD-CSPN"
    summary = "The folder's own images complete the means of the bins they are nearest to."
    paper = "Liu, Song & Qin 2020, arXiv:1911.10713"
    transductive = True

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> NearestMean:
        """Rectifies the means of ``support`` by ``unlabelled`` [m, d]; SimpleShot where there are too few of these."""
        examples = self.examples(support)
        folder = folder_of(unlabelled, examples.way)
        if folder is None:
            return NearestMean(examples, SCALE)
        return NearestMean(examples, RECTIFIED_SCALE, rectified(examples, examples.place(folder)))
