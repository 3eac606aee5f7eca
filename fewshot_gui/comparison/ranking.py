"""Ranking of the compared methods, and sentences about it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from backend.evaluation.intervals import Difference, paired_difference
from backend.selection.scores import MethodScore
from backend.types import Bins, ImageId, MethodInfo
from fewshot_gui.translation import said, sentences
from fewshot_gui.translation.accuracy_text import doubtful, often

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Rank:
    """A method's row: its score once there is one, how far the best is ahead (None for the best itself), and the images
    that it labels otherwise than the method in use."""

    method: MethodInfo
    score: MethodScore | None = None
    behind: Difference | None = None
    best: bool = False
    differs: tuple[ImageId, ...] = ()

    @property
    def scored(self) -> MethodScore | None:
        """The score, where the method could be tried."""
        return self.score if self.score is not None and not self.score.problem else None

    @property
    def count(self) -> int:
        """Left-out examples that it labels right."""
        return sum(self.score.right) if self.score is not None else 0


def ranking(methods: Sequence[MethodInfo], scores: Mapping[str, MethodScore], present: str) -> list[Rank]:
    """The rows of ``methods``, in their order. Of several that are best, the one in use counts, else the first."""
    there = [m for m in methods if (s := scores.get(m.name)) is not None and not s.problem]
    ranked = sorted(there, key=lambda m: (-sum(scores[m.name].right), m.name != present))
    best = scores[ranked[0].name] if ranked else None
    own = scores[present].labels if present in scores else {}
    return [_rank(m, scores.get(m.name), best, own) for m in methods]


def _rank(method: MethodInfo, score: MethodScore | None, best: MethodScore | None, own: Mapping[ImageId, str]) -> Rank:
    if score is None or score.problem or best is None:
        return Rank(method, score)
    behind = None if score is best else paired_difference(best.right, score.right)
    differs = tuple(i for i, label in own.items() if score.labels.get(i, label) != label)
    return Rank(method, score, behind, score is best, differs)


def missing(examples: Bins) -> str:
    """What must be there before methods can be compared; "" where nothing is missing."""
    if len(examples) < 2:
        return translate(
            "Comparison", "Methods can be compared once two bins have examples. Drag images into another bin."
        )
    if max(map(len, examples.values())) < 2:
        return translate(
            "Comparison",
            "Every bin holds one example. Add a second one to some: one is left out at a time, to be labelled.",
        )
    return ""


def verdict(rows: Sequence[Rank], examples: Bins, picked: Set[ImageId] = frozenset()) -> str:
    """Who is ahead, and how sure that is; and whether the examples were ``picked`` as doubtful."""
    best = next((r for r in rows if r.best), None)
    if best is None or best.score is None:
        return translate("Comparison", "No method of this model could be tried.")
    others = [r for r in rows if r.behind is not None]
    alike = sum(r.behind.may_be_chance for r in others if r.behind is not None)
    count = len(best.score.right)
    ahead = translate("Comparison", "{method}: {often}, {right} of {count} left-out examples.").format(
        method=said(best.method.title), often=often(best.count, count).lower(), right=best.count, count=count
    )
    harder = doubtful((i for members in examples.values() if len(members) > 1 for i in members), picked)
    return sentences(ahead, _sure(alike, len(others), count), _alone(examples), harder)


def _sure(alike: int, others: int, count: int) -> str:
    if not others:
        return ""
    if not alike:
        return translate("Comparison", "It is ahead of every other method by more than chance.")
    if alike == others:
        return translate(
            "Comparison", "On {count} examples no method is ahead by more than chance: add examples to tell them apart."
        ).format(count=count)
    return translate(
        "Comparison", "{alike} of the {others} others may be as good: what they are behind may be chance."
    ).format(alike=alike, others=others)


def _alone(examples: Bins) -> str:
    alone = sum(len(members) == 1 for members in examples.values())
    return translate("Comparison", "Bins of one example cannot be tested: {}.").format(alone) if alone else ""
