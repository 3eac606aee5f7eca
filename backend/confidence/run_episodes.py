"""Runs a method on episodes of precomputed features."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from backend.episodes.sampler import Episode, EpisodeSampler, generator_for
from backend.methods import Method, Support


@dataclass(frozen=True, slots=True)
class Outcome:
    """One episode's decisions: ``log_probs`` [w·q, w], class by class, and the true ``labels`` int64 [w·q], both on the
    features' device."""

    episode: Episode
    log_probs: Tensor
    labels: Tensor

    @property
    def accuracy(self) -> float:
        """Share of right answers, 0..1."""
        return float((self.log_probs.argmax(1) == self.labels).float().mean())


@dataclass(frozen=True, slots=True)
class Views:
    """Features of views [m, v, d] of some of N images; ``rows`` int64 [N] says which, -1 where an image has none."""

    rows: Tensor
    features: Tensor

    def beside(self, plain: Tensor, images: Tensor) -> Tensor:
        """``plain`` [n, d], features of ``images`` int64 [n], with their views: [n, 1 + v, d]."""
        return torch.cat([plain[:, None], self.features[self.rows[images]].to(plain)], dim=1)


def run_episode(method: Method, features: Tensor, episode: Episode, views: Views | None = None) -> Outcome:
    """Fits ``method`` on the episode's support and asks for its queries. ``features`` float32 [N, …] lie where
    the method does.

    Args:
        views: those of the examples, for a method that reads any.
    """
    way, shot = episode.support.shape
    labels = torch.arange(way, device=features.device)
    examples = episode.support.flatten()
    inputs = features[examples] if views is None else views.beside(features[examples], examples)
    support = Support(inputs, labels.repeat_interleave(shot))
    queries = features[episode.queries.flatten()]
    classifier = method.fit(support, queries if method.transductive else None)
    with torch.no_grad():
        log_probs = classifier.log_probs(queries)
    return Outcome(episode, log_probs, labels.repeat_interleave(episode.queries.shape[1]))


def run_episodes(
    method: Method, features: Tensor, sampler: EpisodeSampler, episodes: int, seed: int
) -> Iterator[Outcome]:
    """Outcomes of episodes 0..episodes-1 of ``seed``: the same episodes for every method."""
    for number in range(episodes):
        yield run_episode(method, features, sampler.draw(generator_for(seed, number)))


def mean_and_ci95(values: list[float]) -> tuple[float, float]:
    """Mean and half-width of its 95 % interval, 1.96·s/√E, both in per cent for ``values`` in 0..1."""
    mean = sum(values) / len(values)
    if len(values) < 2:
        return 100 * mean, float("nan")
    variance = sum((v - mean) ** 2 for v in values) / (len(values) - 1)
    return 100 * mean, 100 * 1.96 * math.sqrt(variance / len(values))
