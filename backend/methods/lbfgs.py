"""L-BFGS for smooth, strictly convex functions. Liu & Nocedal 1989, "On the limited memory BFGS method for large scale
optimization"; Nocedal & Wright 2006, algorithms 7.4 and 3.1.

``torch.optim.LBFGS`` does the same, but every optimizer of torch's imports its compiler: a second of processor
time before the first labels.
"""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from torch import Tensor

MEMORY = 100
SUFFICIENT = 1e-4
"""Of the decrease that the slope promises, what a step must bring (Armijo's condition)."""
SHORTEST = 1e-10

Function = Callable[[Tensor], tuple[Tensor, Tensor]]
"""From x [n] to a value and its gradient [n]."""


class Point(NamedTuple):
    """Where the search is."""

    x: Tensor
    value: Tensor
    gradient: Tensor


def minimise(function: Function, start: Tensor, steps: int, tolerance: float) -> Tensor:
    """The x of least ``function``, [n], from ``start`` [n] in ``steps`` at most: until no entry of the gradient exceeds
    ``tolerance`` or rounding errors allow no further step."""
    at, pairs = Point(start, *function(start)), deque[tuple[Tensor, Tensor]](maxlen=MEMORY)
    for _ in range(steps):
        if float(at.gradient.abs().max()) <= tolerance:
            break
        direction = -_inverse_hessian_times(at.gradient, pairs)
        following = _stepped(function, at, direction, 1.0 if pairs else min(1.0, 1 / float(at.gradient.abs().sum())))
        if following is None:
            break
        step, change = following.x - at.x, following.gradient - at.gradient
        if float(step @ change) > 0:  # always, but for rounding errors
            pairs.append((step, change))
        at = following
    return at.x


def _stepped(function: Function, at: Point, direction: Tensor, size: float) -> Point | None:
    """The first point along ``direction``, from ``size`` by halves, that is enough below; None where there is none."""
    slope = float(at.gradient @ direction)
    while size > SHORTEST:
        x = at.x + size * direction
        tried = Point(x, *function(x))
        if float(tried.value) <= float(at.value) + SUFFICIENT * size * slope:
            return tried
        size /= 2
    return None


def _inverse_hessian_times(gradient: Tensor, pairs: deque[tuple[Tensor, Tensor]]) -> Tensor:
    """Algorithm 7.4: the two loops over the latest steps s and changes of the gradient y."""
    product, weights = gradient, list[Tensor]()
    for s, y in reversed(pairs):
        weights.append((s @ product) / (s @ y))
        product = product - weights[-1] * y
    if pairs:
        s, y = pairs[-1]
        product = product * ((s @ y) / (y @ y))
    for (s, y), weight in zip(pairs, reversed(weights), strict=True):
        product = product + (weight - (y @ product) / (s @ y)) * s
    return product
