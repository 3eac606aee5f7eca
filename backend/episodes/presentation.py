"""An episode as one sequence, for methods that are asked while examples arrive."""

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.episodes.sampler import EpisodeSampler


class Presentation(NamedTuple):
    """One episode's order; way·T images, T of each class."""

    images: Tensor
    """int64 [way·T], indices into the data set."""
    labels: Tensor
    """int64 [way·T] in 0..way-1."""
    instances: Tensor
    """int64 [way·T] in 1..T: 1 for the first image of a class, 2 for its second."""
    classes: Tensor
    """int64 [way], global ids."""


def present(sampler: EpisodeSampler, generator: torch.Generator) -> Presentation:
    """The support and the queries of one episode, as ``evaluate`` would draw them, in one random order."""
    episode = sampler.draw(generator)
    drawings = torch.cat([episode.support, episode.queries], 1)  # [way, T]
    way, each = drawings.shape
    order = torch.randperm(way * each, generator=generator)
    labels = torch.arange(way).repeat_interleave(each)[order]
    so_far = F.one_hot(labels, way).cumsum(0)  # [way·T, way]
    instances = so_far.gather(1, labels[:, None])[:, 0]
    return Presentation(drawings.flatten()[order], labels, instances, episode.classes)


def by_instance(presentation: Presentation, log_probs: Tensor) -> Tensor:
    """Share of right answers at each instance: log_probs [way·T, way] → float64 [T]."""
    right = (log_probs.argmax(1) == presentation.labels).double()
    shares = torch.zeros(int(presentation.instances.max()), dtype=torch.float64)
    return shares.index_add(0, presentation.instances - 1, right) / log_probs.shape[1]
