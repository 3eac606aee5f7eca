"""Figures that the papers report on Omniglot, in per cent. They split the characters differently, and easier, so a
row of theirs and a row of ours are not strictly comparable (docs/results.md)."""

ACCURACY: dict[str, dict[str, float]] = {
    "siamese": {"5w1s": 96.7, "5w5s": 98.4, "20w1s": 88.0, "20w5s": 96.5},
    "matching": {"5w1s": 98.1, "5w5s": 98.9, "20w1s": 93.8, "20w5s": 98.5},
    "relation": {"5w1s": 99.6, "5w5s": 99.8, "20w1s": 97.6, "20w5s": 99.1},
    "prototypical": {"5w1s": 98.8, "5w5s": 99.7, "20w1s": 96.0, "20w5s": 98.9},
    "metanet": {"5w1s": 98.95, "20w1s": 97.0},
    "maml-transductive": {"5w1s": 98.7, "5w5s": 99.9, "20w1s": 95.8, "20w5s": 98.9},
}

STREAMING: dict[str, dict[int, float]] = {"mann": {2: 82.8, 5: 94.9}}
"""By instance; 5 classes a sequence."""

WITHIN_ALPHABET: dict[str, float] = {"siamese": 92.0}
"""20-way 1-shot."""

NOTES = (
    "Papers: `siamese` as run by Vinyals et al. 2016 without fine-tuning, within an alphabet by Koch et al. 2015; "
    "`relation` was published without eval mode, `maml-transductive` with batch statistics of all queries; "
    "`metanet` is on its easier split; `mann` has streaming figures only, `lstm-meta-learner` none on Omniglot."
)
