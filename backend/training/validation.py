"""A method's temperature and accuracy in every setting, on features of classes that were held back."""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from backend.episodes.image_set import ImageSet
from backend.methods import Method
from backend.models.measure import mean_and_ci95, run_episodes
from backend.models.open_episodes import sampler_of
from backend.models.temperature import fit_temperature

SETTINGS = ((5, 1), (5, 5), (20, 1), (20, 5))
QUERIES = 15

Measured = tuple[str, float, dict[str, float]]
"""A setting's name, temperature, and figures in per cent."""


def measured(
    method: Method, features: Tensor, images: ImageSet, settings: Sequence[tuple[int, int]], episodes: int
) -> Iterator[Measured]:
    """Each of ``settings`` (way, shot) for which enough classes have images enough; ``features`` [N, …] belong to
    ``images``."""
    for way, shot in settings:
        sampler = sampler_of(images.members(), way, shot, QUERIES)
        if sampler is None:
            continue
        outcomes = list(run_episodes(method, features, sampler, episodes, seed=1))
        accuracy, ci95 = mean_and_ci95([o.accuracy for o in outcomes])
        log_probs, labels = torch.cat([o.log_probs for o in outcomes]), torch.cat([o.labels for o in outcomes])
        figures = {"accuracy": round(accuracy, 2), "ci95": round(ci95, 2)}
        yield f"{way}w{shot}s", fit_temperature(log_probs, labels), figures
