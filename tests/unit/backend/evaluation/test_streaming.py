"""Accuracy by instance: which images come when, and what is counted."""

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from backend.embedding.device import choose_device
from backend.episodes.image_set import ImageSet
from backend.episodes.presentation import by_instance, present
from backend.episodes.sampler import generator_for
from backend.errors import RequestError
from backend.evaluation.evaluate import Protocol, without_adaptation
from backend.evaluation.streaming import (
    COLUMNS,
    Streamed,
    evaluate_streaming,
    streaming_method,
    streaming_queries,
)
from backend.images.preparation import InputSpec
from backend.methods import METHODS, Method
from backend.methods.prototypical import Prototypical
from backend.models.card import MethodCard
from backend.models.model import Ready
from tests.glyph_folders import drain

CLASSES, DRAWINGS = 6, 7
PROTOCOL = Protocol(4, 1, 3, 20, seed=5)
IMAGES = ImageSet(
    images=torch.arange(CLASSES * DRAWINGS, dtype=torch.uint8)[:, None, None, None].expand(-1, 1, 2, 2),
    labels=torch.arange(CLASSES).repeat_interleave(DRAWINGS),
    classes=tuple("abcdef"),
    groups=torch.zeros(CLASSES, dtype=torch.int64),
    group_names=(".",),
    paths=tuple(f"{c}/{n}.png" for c in "abcdef" for n in range(DRAWINGS)),
)


class SecondTime(Prototypical):
    """Names what it has been told once or more, and takes the rest for the class after the right one."""

    def streaming_log_probs(self, inputs: Tensor, labels: Tensor, way: int) -> Tensor:
        one_hot = F.one_hot(labels, way)
        told = (one_hot.cumsum(1) - one_hot).gather(2, labels[..., None])[..., 0] > 0
        answers = torch.where(told, labels, (labels + 1) % way)
        return F.log_softmax(9.0 * F.one_hot(answers, way), dim=-1)


def ready(method: Method) -> Ready:
    return Ready(method.name, method, torch.nn.Flatten(), "space", InputSpec("ink", 2), MethodCard("t"))


def streamed(keep: bool = False) -> Streamed:
    return drain(evaluate_streaming(IMAGES, ready(SecondTime()), PROTOCOL, choose_device("cpu"), keep))


def test_every_class_comes_equally_often_and_is_counted() -> None:
    presentation = present(PROTOCOL.sampler(IMAGES), generator_for(5, 0))
    episode = PROTOCOL.sampler(IMAGES).draw(generator_for(5, 0))
    assert torch.equal(presentation.classes, episode.classes)
    assert torch.equal(presentation.classes[presentation.labels], IMAGES.labels[presentation.images])
    drawings = torch.cat([episode.support, episode.queries], 1).flatten()
    assert presentation.images.sort().values.tolist() == drawings.sort().values.tolist()
    assert presentation.images.tolist() != drawings.tolist()
    for label in range(4):
        assert presentation.instances[presentation.labels == label].tolist() == [1, 2, 3, 4]


def test_accuracy_is_told_by_instance() -> None:
    result = streamed()
    assert result.instances == ((0.0, 0.0), (100.0, 0.0), (100.0, 0.0), (100.0, 0.0))
    figures = result.figures(PROTOCOL)
    assert (figures["accuracy"], figures["ci95"]) == (100.0, 0.0)  # at instance shot + 1
    assert [i["instance"] for i in figures["instances"]] == [1, 2, 3, 4]
    assert figures["instances"][0] == {"instance": 1, "accuracy": 0.0, "ci95": 0.0}
    assert [figures[k] for k in ("way", "shot", "queries", "episodes", "seed")] == [4, 1, 3, 20, 5]


def test_shares_are_over_the_classes_of_an_episode() -> None:
    presentation = present(PROTOCOL.sampler(IMAGES), generator_for(5, 0))
    log_probs = F.one_hot(presentation.labels, 4).float()
    wrong = (presentation.instances == 3).nonzero()[0]
    log_probs[wrong] = log_probs[wrong].roll(1, 1)
    assert by_instance(presentation, log_probs).tolist() == [1.0, 1.0, 0.75, 1.0]


def test_rows_are_the_decisions_that_are_counted() -> None:
    rows = streamed(keep=True).rows
    assert len(rows) == 20 * 4 * 4 and all(tuple(row) == COLUMNS for row in rows)
    assert all((row["true"] == row["predicted"]) == (row["instance"] != 1) for row in rows)
    assert all(str(row["path"]).startswith(f"{row['true']}/") for row in rows)
    assert {row["episode"] for row in rows} == set(range(20))


def test_the_number_of_instances() -> None:
    assert [streaming_queries(shot) for shot in (1, 5, 9, 12)] == [9, 5, 1, 1]


def test_only_methods_that_stream_are_taken() -> None:
    mann = METHODS["mann"].for_inputs("vector", (4,)).eval()
    assert isinstance(streaming_method(ready(mann)), METHODS["mann"])
    with pytest.raises(RequestError, match=r"prototypical labels by a finished set .* mann, mann-conv have"):
        streaming_method(ready(METHODS["prototypical"].for_inputs("vector", (4,))))


def test_adaptation_can_be_switched_off_where_there_is_some() -> None:
    mann = ready(METHODS["mann"].for_inputs("vector", (4,)).eval())
    assert [r.method.adaptation for r in (without_adaptation(mann), mann)] == [False, True]
    with pytest.raises(RequestError, match="prototypical compares"):
        without_adaptation(ready(METHODS["prototypical"].for_inputs("vector", (4,))))
