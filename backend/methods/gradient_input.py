"""How gradients and losses are put before a network that reads them (Ravi & Larochelle 2017, section 3.2.1).

They span many orders of magnitude, so size and sign are told apart (Andrychowicz et al. 2016, appendix A).
"""

import math

import torch
from torch import Tensor


def preprocess(values: Tensor, p: float) -> Tensor:
    """(log|x| / p, sign x) where |x| ≥ e⁻ᵖ, else (−1, eᵖ x): [...] → [..., 2], both within about −1..1."""
    size = values.abs()
    large = size >= math.exp(-p)
    first = torch.where(large, size.clamp_min(math.exp(-p)).log() / p, -1.0)
    second = torch.where(large, values.sign(), math.exp(p) * values)
    return torch.stack([first, second], -1)
