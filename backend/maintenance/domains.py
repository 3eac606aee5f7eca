"""Makes the image sets (domains) on which heads for photographs are trained and selected:

    python -m backend.maintenance.domains --objects objects.tar --characters images_background.zip --into DIR

writes one folder for each domain, with class folders. A head trained on a single domain learns what holds for that one
only; these differ from each other, and most differ from the photographs that a public trunk was trained on:

- ``objects``: the photographs as they are
- ``small``: the same objects, small, turned, in front of a blurred background
- ``outlines``: the same, as edges in grey
- ``creatures``: coloured creatures of our own generator
- ``characters``: handwritten characters, a few of each alphabet

A class has the same name in the first three, so that it can be held back in all of them. ``--seed`` decides all draws.
"""

import argparse
import shutil
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from backend.episodes import creatures

SIDE = 224
"""Pixels of a picture of ``small``."""
CREATURES, PICTURES = 90, 30
OF_AN_ALPHABET = 9
"""Characters taken of each alphabet."""
QUALITY = 92
"""Of JPEG."""


def made_small(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """``picture`` at a third to a half of the side, turned, somewhere on a blurred background."""
    scale = SIDE * rng.uniform(0.35, 0.55) / max(picture.size)
    small = picture.resize((max(8, int(picture.width * scale)), max(8, int(picture.height * scale))))
    small = small.rotate(rng.uniform(-40, 40), expand=True, fillcolor=small.getpixel((1, 1)))
    blobs = Image.fromarray(rng.integers(0, 255, (4, 4, 3), dtype=np.uint8)).resize((SIDE, SIDE))
    plain = Image.new("RGB", (SIDE, SIDE), tuple(rng.integers(60, 220, 3).tolist()))
    scene = Image.blend(blobs.filter(ImageFilter.GaussianBlur(6)), plain, 0.6)
    left, top = (int(rng.integers(0, max(1, SIDE - side))) for side in small.size)
    scene.paste(small, (left, top))
    return scene


def outlined(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """The edges of ``picture``, dark on light."""
    square = picture.resize((SIDE, SIDE)).convert("L")
    return ImageOps.autocontrast(ImageOps.invert(square.filter(ImageFilter.FIND_EDGES)))


def draw_objects(source: Path, into: Path, seed: int) -> None:
    """The first three domains of the class folders below ``source``."""
    for number, path in enumerate(_images(source)):
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        for domain, change in (("objects", None), ("small", made_small), ("outlines", outlined)):
            rng = np.random.default_rng((seed, number))
            target = into / domain / path.parent.name / f"{path.stem}.jpg"
            target.parent.mkdir(parents=True, exist_ok=True)
            (picture if change is None else change(picture, rng)).save(target, quality=QUALITY)


def draw_creatures(into: Path, seed: int, kinds: int = CREATURES) -> None:
    """Pictures of that many ``kinds`` of creatures."""
    rng = np.random.default_rng(seed)
    for number in range(kinds):
        creature = creatures.invent(rng, number)
        folder = into / "creatures" / f"creature{number:03d}"
        folder.mkdir(parents=True, exist_ok=True)
        for picture in range(PICTURES):
            creatures.photograph(creature, rng).save(folder / f"{picture:02d}.jpg", quality=QUALITY)


def copy_characters(source: Path, into: Path, seed: int) -> None:
    """Some characters of each alphabet below ``source`` (alphabet/character/image), as they are."""
    rng = np.random.default_rng(seed)
    folders = sorted({path.parent for path in _images(source)})
    for alphabet in sorted({folder.parent for folder in folders}):
        mine = [folder for folder in folders if folder.parent == alphabet]
        for place in sorted(rng.permutation(len(mine))[:OF_AN_ALPHABET].tolist()):
            shutil.copytree(mine[place], into / "characters" / alphabet.name / mine[place].name)


def _images(source: Path) -> Iterator[Path]:
    return (p for p in sorted(source.rglob("*")) if p.suffix.lower() in (".jpg", ".png") and p.is_file())


def _unpack(archive: Path, folder: str) -> None:
    if tarfile.is_tarfile(archive):
        shutil.unpack_archive(archive, folder, filter="data")
    else:
        shutil.unpack_archive(archive, folder)


def main(argv: Sequence[str] | None = None) -> int:
    """Draws all domains."""
    parser = argparse.ArgumentParser(prog="python -m backend.maintenance.domains", description=__doc__)
    parser.add_argument("--objects", type=Path, required=True, help="zip or tar of class folders")
    parser.add_argument("--characters", type=Path, required=True, help="zip or tar of alphabet/character folders")
    parser.add_argument("--into", type=Path, required=True, help="a folder that does not exist yet")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--creatures", type=int, default=CREATURES, help="kinds of them")
    arguments = parser.parse_args(argv)
    arguments.into.mkdir(parents=True)
    for archive, draw in ((arguments.objects, draw_objects), (arguments.characters, copy_characters)):
        with TemporaryDirectory() as folder:
            _unpack(archive, folder)
            draw(Path(folder), arguments.into, arguments.seed)
    draw_creatures(arguments.into, arguments.seed, arguments.creatures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
