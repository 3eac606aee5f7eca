"""Holds classes back for meta-validation."""

import random

from backend.episodes.image_set import ImageSet

VALIDATION_SHARE = 0.1


def split_groups(images: ImageSet, seed: int) -> tuple[ImageSet, ImageSet]:
    """Splits by whole groups (alphabets) into training and meta-validation; by classes where there are too few groups.

    A tenth of the groups, three at least, is held back.
    """
    used = sorted({images.group_names[g] for g in images.groups.tolist()})
    shuffle = random.Random(seed)  # the split needs no cryptography
    if len(used) >= 10:
        held = set(shuffle.sample(used, max(3, round(VALIDATION_SHARE * len(used)))))
        return images.of_groups(set(used) - held), images.of_groups(held)
    classes = list(range(len(images.classes)))
    held_classes = set(shuffle.sample(classes, round(VALIDATION_SHARE * len(classes))))
    return images.of_classes([c for c in classes if c not in held_classes]), images.of_classes(sorted(held_classes))
