"""Preprocesses gradients and losses for an LSTM (Ravi & Larochelle 2017, section 3.2.1).

They span many orders of magnitude, so magnitude and sign are separate inputs (Andrychowicz et al. 2016, appendix A).
"""

import math

import torch
from torch import Tensor, nn

CHUNK = 2048
"""Coordinates that pass through an LSTM at a time where no graph is kept."""


def preprocess(values: Tensor, p: float) -> Tensor:
    """(log|x| / p, sign x) where |x| ≥ e⁻ᵖ, else (−1, eᵖ x): [...] → [..., 2], both within about −1..1."""
    size = values.abs()
    large = size >= math.exp(-p)
    first = torch.where(large, size.clamp_min(math.exp(-p)).log() / p, -1.0)
    second = torch.where(large, values.sign(), math.exp(p) * values)
    return torch.stack([first, second], -1)


def lstm_step_in_blocks(lstm: nn.LSTMCell, seen: Tensor, hidden: Tensor, cell: Tensor) -> tuple[Tensor, Tensor]:
    """As ``lstm_step``, a block of coordinates at a time, which stays in a core's fast memory; for use without a
    graph."""
    blocks = zip(*(t.split(CHUNK, 1) for t in (seen, hidden, cell)), strict=True)
    hidden, cell = (torch.cat(parts, 1) for parts in zip(*(lstm_step(lstm, *b) for b in blocks), strict=True))
    return hidden, cell


def lstm_step(lstm: nn.LSTMCell, seen: Tensor, hidden: Tensor, cell: Tensor) -> tuple[Tensor, Tensor]:
    """One step of ``lstm`` on N coordinates at once: seen [i, N], hidden and cell [h, N] → hidden and cell.

    Torch's own step has the coordinates first, so that each gate is a strided slice: four times slower on a CPU.
    """
    weight = torch.cat([lstm.weight_ih, lstm.weight_hh], 1)
    bias = (lstm.bias_ih + lstm.bias_hh)[:, None]
    gates = torch.addmm(bias, weight, torch.cat([seen, hidden]))  # [4h, N]: input, forget, cell, output
    size = len(hidden)
    enter, keep = gates[: 2 * size].sigmoid().chunk(2)
    cell = keep * cell + enter * gates[2 * size : 3 * size].tanh()
    return gates[3 * size :].sigmoid() * cell.tanh(), cell
