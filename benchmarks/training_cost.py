"""What a method's training took, by its model's card."""

from collections.abc import Iterator
from typing import Any

Entry = dict[str, Any]


def training_cost(training: Entry) -> tuple[float | None, int | None]:
    """Seconds by the clock and steps of all trainings that led to a method's weights, those they set out from included.

    Args:
        training: ``MethodCard.training``: {"general": …, "5w1s": …}, or {"averaged": [...]}, or one training.

    Returns:
        None where a training did not record it.
    """
    # A training that several others set out from was run once.
    runs = {(e.get("command"), e.get("seed")): e for e in entries(training)}
    return _sum(runs.values(), "seconds"), _sum(runs.values(), "steps")


def entries(training: Entry | None) -> Iterator[Entry]:
    """Every training below ``training``."""
    if not training:
        return
    if "recipe" in training or "command" in training:
        yield training
        yield from entries(training.get("started_from"))
        return
    for part in training.values():
        for each in part if isinstance(part, list) else [part]:
            yield from entries(each)


def _sum(runs: Any, key: str) -> Any:
    values = [run.get(key) for run in runs]
    return sum(values) if values and None not in values else None
