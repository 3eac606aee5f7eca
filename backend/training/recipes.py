"""How each method is trained unless told otherwise. docs/training.md gives the reasons."""

from dataclasses import dataclass, replace

WITHIN_SPLIT = 3
"""A 60-way episode becomes three 20-way ones where it has to stay within an alphabet."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A method's training recipe.

    Args:
        trunk: architecture of the method's own trunk (``backbones.TRUNKS``).
        way: classes of an episode.
        shots: one of these is drawn for every step.
        queries: queries of each class.
        meta_batch: episodes of one step.
        learning_rate: peak rate of AdamW.
        weight_decay: AdamW's decoupled weight decay.
        clip: largest gradient norm; 0 clips nothing.
        episodes: how many episodes a full training takes.
        within: share of the steps whose episodes stay within one group and one rotation (an alphabet's characters are
            alike, which makes them hard), ``WITHIN_SPLIT`` smaller ones in place of each.
        mirror: mirrored characters are classes of their own, as turned ones are.
        bend: elastic distortion (``episodes.augment``).
        pen: change of the pen's width, in pixels of the oversampled image.
        dropout: share of a vector's dimensions that drop out, the same for an episode (heads only).
        noise: length of the noise added to a vector, in its own lengths (heads only).
        turn: share of the steps whose episodes see the space of vectors turned at random (heads only).
    """

    trunk: str = "conv4"
    way: int = 60
    shots: tuple[int, ...] = (1, 5)
    queries: int = 5
    meta_batch: int = 1
    learning_rate: float = 3e-3
    weight_decay: float = 1e-4
    clip: float = 0.0
    episodes: int = 20_000
    within: float = 0.0
    mirror: bool = False
    bend: float = 0.0
    pen: float = 0.0
    dropout: float = 0.0
    noise: float = 0.0
    turn: float = 0.0


def _varied(recipe: Recipe) -> Recipe:
    """``recipe`` on more classes and more hands."""
    return replace(recipe, mirror=True, bend=0.03, pen=0.4)


RECIPES: dict[str, Recipe] = {
    "siamese": _varied(Recipe(way=40, shots=(1,), learning_rate=2e-3, within=0.3)),
    "matching": _varied(Recipe()),
    "matching-fce": _varied(Recipe(way=20, shots=(1, 5), learning_rate=2e-3)),
    "relation": _varied(Recipe(trunk="conv4-map", way=20, shots=(1, 5), learning_rate=3e-3)),
    "prototypical": _varied(Recipe(within=0.5)),
    "mann": Recipe(
        trunk="pixels", way=5, shots=(1,), queries=3, meta_batch=32, learning_rate=2e-3, clip=10.0, episodes=600_000
    ),
    "mann-conv": _varied(
        Recipe(way=5, shots=(1,), queries=3, meta_batch=16, learning_rate=2e-3, clip=10.0, episodes=100_000)
    ),
    "metanet": _varied(Recipe(trunk="pixels", way=20, shots=(1, 1, 5), learning_rate=2e-3, clip=10.0)),
    "lstm-meta-learner": _varied(Recipe(trunk="pixels", way=20, shots=(1, 5), learning_rate=5e-3, clip=0.25)),
    "maml": _varied(Recipe(trunk="pixels", way=20, shots=(1, 1, 5), learning_rate=5e-3)),
    "maml-transductive": _varied(Recipe(trunk="pixels", way=20, shots=(1, 1, 5), learning_rate=5e-3)),
}

_HEAD = Recipe(
    trunk="",
    way=20,
    shots=(1, 2, 5, 10),
    learning_rate=1e-3,
    weight_decay=1e-3,
    clip=1.0,
    dropout=0.1,
    noise=0.3,
    turn=1.0,
)

HEAD_RECIPES: dict[str, Recipe] = {
    "siamese": replace(_HEAD, meta_batch=2),
    "matching": replace(_HEAD, meta_batch=4, learning_rate=1e-4),
    "matching-fce": replace(_HEAD, shots=(1, 2, 5)),
    "relation": replace(_HEAD, meta_batch=2, learning_rate=1e-4),
    "mann": replace(_HEAD, way=10, shots=(1, 2, 5), queries=3, meta_batch=8),
    "mann-conv": replace(_HEAD, way=10, shots=(1, 2, 5), queries=3, meta_batch=8),
    "metanet": replace(_HEAD, learning_rate=1e-4),
    "lstm-meta-learner": replace(_HEAD, clip=0.25),
    "maml": replace(_HEAD, meta_batch=2, learning_rate=1e-4),
    "maml-transductive": replace(_HEAD, meta_batch=2),
}
"""For heads on a frozen trunk that are trained on several domains; ``way`` is the largest number of ways drawn."""
