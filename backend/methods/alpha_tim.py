"""α-TIM: Realistic Evaluation of Transductive Few-Shot Learning. Veilleux, Boudiaf, Piantanida & Ben Ayed, NeurIPS 2021
(arXiv:2204.11181).

Prototypes go down the gradient of

    CE(support) − H_α(mean of the folder's posteriors) + mean of H_α(posterior)

with Tsallis' entropy H_α(p) = (1 − Σ p^α) / (α − 1), posteriors a softmax over −τ/2 · distance². The folder's images
are to be told apart clearly, and into all bins. τ = 15 and the weights 1, 1, 1 are those of the authors' code.

The classifier is the prototypes: what it says of an image does not depend on what else is asked.

Departures:
- Features are centred as in SimpleShot (``centred.py``), and a bin's cross-entropy counts as much as another's,
  whatever its size.
- α = 2 throughout; the authors tune it: 2 at one shot, 7 at five in their code. Then −H(mean) is, but for a constant,
  the squared distance of the mean from equal shares, and here it is that from the shares which clustering estimates
  (``paddle.clustered``). With equal shares a folder of one kind lost twenty points and more.
- Prototypes start where that clustering ends, not at the examples' means.
- 20 steps of Adam at 3e-3 instead of 1,000 at 1e-4, with the gradient written out: from there the way is short, and
  twenty steps fit between two keystrokes.
- At most 2,048 images are read, and fewer than ten for each bin are not: then this is SimpleShot. A folder as small as
  that says too little of the bins' shares.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods.base import Support
from backend.methods.centred import CentredMethod, Examples, NearestMean
from backend.methods.paddle import clustered
from backend.methods.simpleshot import moved_by_folder

TAU = 15.0
RATE = 3e-3
STEPS = 20
STILL = 1e-4
"""Gradients much smaller than this move nothing: Adam would turn their rounding errors into whole steps."""
ADAPTED_SCALE = 4.0
"""What squared distances to adapted prototypes are multiplied by: they have moved until the folder is told apart
clearly, and so say more than they know."""


def posteriors(inputs: Tensor, prototypes: Tensor) -> Tensor:
    """A softmax over −τ/2 · ‖x − w‖²: [m, d], [w, d] → [m, w]. The term in ‖x‖² is the same for all classes."""
    return torch.softmax(TAU * (inputs @ prototypes.T - 0.5 * prototypes.square().sum(1)), dim=1)


def doubt(p: Tensor) -> Tensor:
    """H_2, Tsallis' entropy of order two, of the rows of ``p`` [..., w]."""
    return 1 - p.square().sum(-1)


def loss(prototypes: Tensor, support: Tensor, importance: Tensor, folder: Tensor, shares: Tensor) -> Tensor:
    """The loss, a scalar: prototypes [w, d], support [n, d], importance [n, w], folder [m, d], shares [w].

    ``importance`` holds each example's weight in its own class's column and 0 elsewhere; it sums to 1.
    """
    asked = posteriors(folder, prototypes)
    cross_entropy = -(importance * posteriors(support, prototypes).log()).sum()
    return cross_entropy + (asked.mean(0) - shares).square().sum() + doubt(asked).mean()


def gradient(prototypes: Tensor, support: Tensor, importance: Tensor, folder: Tensor, shares: Tensor) -> Tensor:
    """The derivative of ``loss`` by the prototypes, [w, d]. (Written out it takes a third of autograd's time.)"""
    asked = posteriors(folder, prototypes)
    by_posterior = 2 / len(folder) * (asked.mean(0) - shares - asked)  # [m, w]
    by_logit = asked * (by_posterior - (asked * by_posterior).sum(1, keepdim=True))
    of_support = importance.sum(1, keepdim=True) * posteriors(support, prototypes) - importance  # [n, w]
    both, inputs = torch.cat([of_support, by_logit]), torch.cat([support, folder])
    return TAU * (both.T @ inputs - both.sum(0)[:, None] * prototypes)


def adapted(examples: Examples, folder: Tensor) -> Tensor:
    """Prototypes [w, d] after ``STEPS`` steps on ``folder``, placed as the examples are, [m, d]."""
    support = examples.views.mean(1)
    one_hot = F.one_hot(examples.labels, examples.way).float()
    importance = one_hot / one_hot.sum(0) / examples.way
    means, shares = clustered(examples, folder)
    prototypes = torch.nn.Parameter(means)
    optimizer = torch.optim.Adam([prototypes], lr=RATE, eps=STILL)
    for _ in range(STEPS):
        prototypes.grad = gradient(prototypes.detach(), support, importance, folder, shares)
        optimizer.step()
    return prototypes.detach()


class AlphaTIM(CentredMethod):
    """Prototypes that make the folder's images clear cases."""

    name = "alpha-tim"
    title = "α-TIM"
    summary = "Moves the bins' means until the folder's images are told apart clearly; bins may be of unequal size."
    paper = "Veilleux, Boudiaf, Piantanida & Ben Ayed 2021, arXiv:2204.11181"
    transductive = True

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> NearestMean:
        """Adapts the means of ``support`` to ``unlabelled`` [m, d]; SimpleShot where there are too few of these."""
        return moved_by_folder(self.examples(support), unlabelled, adapted, ADAPTED_SCALE)
