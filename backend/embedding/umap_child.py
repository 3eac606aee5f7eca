"""The child process that computes UMAP: ``python -m backend.embedding.umap_child FEATURES.npy POINTS.npy``."""

import os
import sys
import warnings
from pathlib import Path

import numpy as np

FIT = 10_000
"""Points that make the map; the others are put onto it."""
NEIGHBOURS = 15


def main(source: Path, target: Path) -> None:
    """Reads float32 [n, d], writes float32 [n, 2]; the same for the same features."""
    if hasattr(os, "nice"):
        os.nice(10)
    warnings.filterwarnings("ignore")  # a seed means one thread; that is meant
    from umap import UMAP

    features = np.load(source, allow_pickle=False)
    sample = features[:: -(-len(features) // FIT)]
    model = UMAP(n_components=2, n_neighbors=min(NEIGHBOURS, len(sample) - 1), random_state=0)
    points = model.fit_transform(sample)
    if len(sample) < len(features):
        points = model.transform(features)
    np.save(target, np.asarray(points, np.float32))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
