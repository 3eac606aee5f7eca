"""An LSTM controller with an external memory under least-recently-used access (Santoro et al. 2016, section 3).

Shapes beyond those of ``methods.base``: b sequences, N rows of memory, H = 4 heads.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

CONTROLLER, SLOTS, WIDTH, HEADS = 200, 128, 40, 4
USAGE_DECAY = 0.95
LETTERS, CODE = 5, 5
"""A label is a code of five letters out of a–e."""


class State(NamedTuple):
    """Controller and memory of b sequences; N rows of memory, H heads."""

    hidden: Tensor
    """[b, 200], and so is ``cell``."""
    cell: Tensor
    memory: Tensor
    """M, [b, N, 40]."""
    reads: Tensor
    """Read weights w^r, [b, H, N]."""
    usage: Tensor
    """Usage weights w^u, [b, N]."""
    read: Tensor
    """What was read, [b, H·40]."""
    emptied: Tensor
    """1 at the rows that the last step emptied before it wrote, else 0, [b, N]."""
    wrote: Tensor
    """The write weights of the last step, summed over the heads, [b, N]."""


def read_weights(keys: Tensor, strengths: Tensor, memory: Tensor) -> Tensor:
    """Equations 2 and 3: a softmax over cosines.

    keys [b, H, m], strengths [b, H], memory [b, N, m] → [b, H, N].
    """
    cosines = F.normalize(keys, dim=-1) @ F.normalize(memory, dim=-1, eps=1e-6).mT
    return (strengths[..., None] * cosines).softmax(-1)


def least_used(usage: Tensor, count: int) -> Tensor:
    """Equation 6, w^lu: 1 at the ``count`` rows used least, else 0. usage [b, N] → [b, N]."""
    rows = usage.topk(count, dim=1, largest=False).indices
    return torch.zeros_like(usage).scatter(1, rows, 1.0)


def write_weights(gates: Tensor, reads: Tensor, least: Tensor) -> Tensor:
    """Equation 7: σ(α) w^r + (1 − σ(α)) w^lu. gates σ(α) [b, H], reads [b, H, N], least [b, N] → [b, H, N]."""
    gates = gates[..., None]
    return gates * reads + (1 - gates) * least[:, None]


class MemoryCell(nn.Module):
    """One step of controller and memory on inputs of i values."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        # An LSTM's gates are linear in input and state. The input's part is computed for all steps at once.
        self.drive = nn.Linear(inputs, 4 * CONTROLLER)
        self.recurrence = nn.Linear(CONTROLLER + HEADS * WIDTH, 4 * CONTROLLER, bias=False)
        self.interface = nn.Linear(CONTROLLER, HEADS * (2 * WIDTH + 2))
        self.output = nn.Linear(CONTROLLER + HEADS * WIDTH, CODE * LETTERS)

    def start(self, sequences: int, slots: int) -> State:
        """An empty memory for b ``sequences``."""
        zeros = self.interface.weight.new_zeros
        b = sequences
        return State(
            zeros(b, CONTROLLER),
            zeros(b, CONTROLLER),
            zeros(b, slots, WIDTH),
            zeros(b, HEADS, slots),
            zeros(b, slots),
            zeros(b, HEADS * WIDTH),
            zeros(b, slots),
            zeros(b, slots),
        )

    def forward(self, drive: Tensor, state: State) -> State:
        """The state after ``state``, where ``drive`` is ``self.drive`` of the step's inputs, [b, 800]."""
        gates = drive + self.recurrence(torch.cat([state.hidden, state.read], 1))
        enter, keep, leave = gates[:, : 3 * CONTROLLER].sigmoid().chunk(3, dim=1)
        cell = keep * state.cell + enter * gates[:, 3 * CONTROLLER :].tanh()
        hidden = leave * cell.tanh()
        keys, written, gates, strengths = self._interface(hidden)
        least = least_used(state.usage, HEADS)
        weights = write_weights(gates, state.reads, least)  # [b, H, N]
        kept = (1 - least)[..., None]  # the rows used least are emptied before they are written
        memory = torch.baddbmm(state.memory * kept, weights.mT, written)  # equation 8
        reads = read_weights(keys, strengths, memory)
        usage = USAGE_DECAY * state.usage + (reads + weights).detach().sum(1)  # equation 5
        return State(hidden, cell, memory, reads, usage, (reads @ memory).flatten(1), least, weights.sum(1))

    def _interface(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Keys and what is written [b, H, 40], gates and key strengths [b, H]."""
        values = self.interface(hidden).view(-1, HEADS, 2 * WIDTH + 2)
        keys, written, gate, strength = values.split([WIDTH, WIDTH, 1, 1], dim=-1)
        return keys.tanh(), written.tanh(), gate[..., 0].sigmoid(), 1 + F.softplus(strength[..., 0] + 3)

    def letters(self, state: State) -> Tensor:
        """Log-probabilities of each letter at each place of the code, [b, 5, 5]."""
        logits = self.output(torch.cat([state.hidden, state.read], 1))
        return F.log_softmax(logits.view(-1, CODE, LETTERS), dim=-1)
