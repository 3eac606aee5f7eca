"""What a card says of a method's accuracy."""

from typing import Any

from backend.models.card import validation_accuracy


def entry(**accuracies: float) -> dict[str, Any]:
    return {"validation": {s: {"accuracy": a, "ci95": 0.1} for s, a in accuracies.items()}}


def test_general_weights_have_their_own_figures() -> None:
    training = {"general": entry(**{"5w1s": 98.0, "20w1s": 94.0}), "20w1s": entry(**{"20w1s": 96.0})}
    assert validation_accuracy(training) == {"5w1s": 98.0, "20w1s": 94.0}


def test_a_mean_of_trainings_has_the_lowest_of_theirs() -> None:
    training = {"averaged": [entry(**{"5w1s": 98.0, "5w5s": 99.0}), entry(**{"5w1s": 98.5})]}
    assert validation_accuracy(training) == {"5w1s": 98.0}


def test_an_unknown_past_has_no_figures() -> None:
    assert validation_accuracy({}) == {}
    assert validation_accuracy({"general": {"command": "fewshot train"}}) == {}
