"""Calibration by one temperature: softmax(log_probs / T). Guo et al. 2017, arXiv:1706.04599, section 4.2."""

import math
from collections.abc import Iterable, Mapping

import torch
from torch import Tensor
from torch.nn import functional as F

LOWEST, HIGHEST = 0.05, 20.0


def nll_at(log_probs: Tensor, labels: Tensor, temperature: float) -> float:
    """Mean negative log-likelihood of ``labels`` [q] under softmax(log_probs [q, w] / temperature)."""
    return float(F.cross_entropy(log_probs / temperature, labels))


def fit_temperature(log_probs: Tensor, labels: Tensor) -> float:
    """The temperature of least negative log-likelihood, by golden-section search on its logarithm (the loss is
    unimodal).

    Args:
        log_probs: [q, w], any number of queries.
        labels: int64 [q].
    """
    low, high = math.log(LOWEST), math.log(HIGHEST)
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(30):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if nll_at(log_probs, labels, math.exp(left)) < nll_at(log_probs, labels, math.exp(right)):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


def parse_setting(setting: str) -> tuple[int, int]:
    """``"5w1s"`` → (5, 1)."""
    way, shot = setting.removesuffix("s").split("w")
    return int(way), int(shot)


def from_table(table: Mapping[str, float], way: int, shot: float) -> float:
    """The temperature of the table's nearest setting; 1 where the table is empty."""
    return table[nearest_setting(table, way, shot)] if table else 1.0


def nearest_setting(settings: Iterable[str], way: int, shot: float) -> str:
    """The one of ``settings``, such as ``5w1s``, that is nearest in (log way, log shot); there must be one."""

    def distance(setting: str) -> float:
        w, s = parse_setting(setting)
        return (math.log(w) - math.log(way)) ** 2 + (math.log(s) - math.log(max(shot, 1.0))) ** 2

    return min(settings, key=distance)


def calibrated(log_probs: Tensor, temperature: float) -> Tensor:
    """Probabilities [q, w] of ``log_probs`` [q, w] at ``temperature``."""
    return torch.softmax(log_probs / temperature, dim=-1)
