import math

import pytest
import torch

from backend.confidence.temperature import calibrated, fit_temperature, from_table, parse_setting


def test_the_temperature_of_answers_that_are_too_sure_makes_confidence_equal_accuracy() -> None:
    # Two classes, a logit gap of 4 (98 % sure), right three times out of four: the gap that says 75 % is log 3.
    log_probs = torch.log_softmax(torch.tensor([[4.0, 0.0]]).repeat(4, 1), 1)
    labels = torch.tensor([0, 0, 0, 1])
    temperature = fit_temperature(log_probs, labels)
    assert temperature == pytest.approx(4.0 / math.log(3), rel=1e-3)
    assert calibrated(log_probs, temperature)[0, 0].item() == pytest.approx(0.75, abs=1e-3)


def test_the_nearest_setting_of_the_table_counts() -> None:
    table = {"5w1s": 1.0, "5w5s": 2.0, "20w1s": 3.0, "20w5s": 4.0}
    assert from_table(table, 5, 1) == 1.0
    assert from_table(table, 4, 7.5) == 2.0
    assert from_table(table, 30, 1.2) == 3.0
    assert from_table({}, 5, 1) == 1.0


def test_settings_are_read() -> None:
    assert parse_setting("20w5s") == (20, 5)
