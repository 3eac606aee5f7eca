"""The networks of Meta Networks: u and b with their slow and fast halves, and d and m, which make fast weights."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.methods.gradient_input import lstm_step, lstm_step_in_blocks, preprocess

WIDTH, HIDDEN = 64, 20
CHUNK = 2**16
"""Coordinates that pass through m at a time."""
P = 7.0
"""Of the gradients' preprocessing (Munkhdalai & Yu 2017, section 4)."""


def augmented(h: Tensor, slow: Tensor, fast: Tensor) -> Tensor:
    """Section 3.3: relu(W h) + relu(W* h) for h [b, n, i], slow [o, i] and fast as below."""
    return F.relu(h @ slow.T) + F.relu(apply_fast(h, fast))


def apply_fast(h: Tensor, fast: Tensor) -> Tensor:
    """W* h for h [b, n, i] and W* [b, o, i], or [b, n, o, i] with weights of its own for each."""
    return h @ fast.mT if fast.dim() == 3 else (fast @ h[..., None])[..., 0]


class Representation(nn.Module):
    """u: slow layers, then two augmented ones."""

    def __init__(self, trunk: nn.Module, dimensions: int) -> None:
        super().__init__()
        self.trunk = trunk
        self.weights = nn.ParameterList([_matrix(WIDTH, dimensions), _matrix(WIDTH, WIDTH)])

    def head(self, h: Tensor, fast: list[Tensor]) -> Tensor:
        """r for slow features h [b, n, d] → [b, n, 64]."""
        for slow, own in zip(self.weights, fast, strict=True):
            h = augmented(h, slow, own)
        return h


class Base(nn.Module):
    """b: slow layers, two augmented ones and an augmented softmax with a row for each class."""

    def __init__(self, trunk: nn.Module, dimensions: int) -> None:
        super().__init__()
        self.trunk = trunk
        self.weights = nn.ParameterList([_matrix(WIDTH, dimensions), _matrix(WIDTH, WIDTH)])

    def head(self, h: Tensor, rows: Tensor, fast: list[Tensor]) -> Tensor:
        """Logits [b, n, w] for slow features h [b, n, d] and slow rows [b, w, 64]."""
        for slow, own in zip(self.weights, fast[:2], strict=True):
            h = augmented(h, slow, own)
        return h @ rows.mT + apply_fast(h, fast[2])


class VectorLayers(nn.Module):
    """The slow layers on vectors: one matrix on inputs of mean 0 and variance 1."""

    def __init__(self, dimensions: int) -> None:
        super().__init__()
        self.linear = nn.Linear(dimensions, WIDTH)

    def forward(self, vectors: Tensor) -> Tensor:
        """[n, …] → [n, 64]."""
        flat = vectors.flatten(1)
        features: Tensor = F.relu(self.linear(F.layer_norm(flat, flat.shape[1:])))
        return features


class CoordinateMLP(nn.Module):
    """m: three layers of 20 units, the same for each coordinate."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(2, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 1)
        )
        _quiet(self.layers[-1])

    def forward(self, gradients: Tensor) -> Tensor:
        """Gradients […] → fast weights […]. In chunks: a coordinate takes 20 numbers on the way."""
        seen = preprocess(gradients, P).flatten(0, -2)
        return torch.cat([self.layers(chunk)[:, 0] for chunk in seen.split(CHUNK)]).view_as(gradients)


class CoordinateLSTM(nn.Module):
    """d: an LSTM of 20 units over T gradients, the same for each coordinate."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTMCell(2, HIDDEN)
        self.output = nn.Linear(HIDDEN, 1)
        _quiet(self.output)

    def forward(self, gradients: Tensor, graph: bool) -> Tensor:
        """Gradients [T, …] → fast weights […]. With ``graph`` the LSTM can learn from what becomes of them."""
        hidden = cell = gradients.new_zeros(HIDDEN, gradients[0].numel())
        step = lstm_step if graph else lstm_step_in_blocks
        for seen in preprocess(gradients, P).flatten(1, -2):
            hidden, cell = step(self.lstm, seen.T, hidden, cell)
        fast: Tensor = self.output(hidden.T)[:, 0]
        return fast.view(gradients.shape[1:])


def _matrix(rows: int, columns: int) -> nn.Parameter:
    return nn.Parameter(nn.init.kaiming_normal_(torch.empty(rows, columns)))


def _quiet(layer: nn.Module) -> None:
    """Fast weights start near zero: with loud ones the slow half learns nothing at first."""
    nn.init.normal_(layer.get_parameter("weight"), std=0.02)
    nn.init.zeros_(layer.get_parameter("bias"))
