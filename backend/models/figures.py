"""A method's accuracy, from its model's card."""

from typing import Any


def validation_accuracy(training: dict[str, Any]) -> dict[str, float]:
    """Accuracy in per cent by setting, such as ``5w1s``, of a method's general weights on meta-validation.

    Of weights that are a mean of several trainings each has figures of its own; the lowest are given.

    Args:
        training: ``MethodCard.training``: {"general": …, "5w1s": …} or {"averaged": [...]}.
    """
    parts = training.get("averaged") or [training.get("general", {})]
    tables = [part.get("validation") or {} for part in parts]
    settings = [s for s in tables[0] if all(s in table for table in tables)]
    return {s: min(float(table[s]["accuracy"]) for table in tables) for s in settings}
