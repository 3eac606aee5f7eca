"""Pictures that come as data become files."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from backend.errors import RequestError
from backend.images import received
from backend.images.received import Encoded, Picture, Raw, ending_of, keep_pictures
from tests.glyph_folders import drain
from tests.samples import BROKEN, FORMATS, drawing

SHORT = {"tiff": "tif", "jpeg": "jpg", "jpe": "jpg", "jfif": "jpg"}


def keep(folder: Path, *pictures: Picture) -> list[Path]:
    return [f.path for f in drain(keep_pictures(pictures, folder))]


def raw(shape: tuple[int, int, int]) -> tuple[Raw, np.ndarray]:
    pixels = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    return Raw(shape[1], shape[0], shape[2], pixels.tobytes()), pixels


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_pixels_become_a_png_that_holds_them(channels: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(received, "BLOCK_BYTES", 100)  # several steps
    picture, pixels = raw((13, 7, channels))
    [path] = keep(tmp_path / "new", picture)
    assert path.suffix == ".png"
    with Image.open(path) as image:
        assert np.array_equal(np.asarray(image).reshape(pixels.shape), pixels)


def test_the_same_picture_is_the_same_file(tmp_path: Path) -> None:
    picture, _ = raw((4, 6, 3))
    turned = Raw(4, 6, 3, picture.pixels)  # other shape, same bytes
    [first] = keep(tmp_path, picture)
    before = first.stat().st_mtime_ns
    assert keep(tmp_path, picture, picture) == [first]
    assert first.stat().st_mtime_ns == before
    assert keep(tmp_path, turned) != [first]
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("kind", FORMATS)
def test_encoded_pictures_are_kept_as_they_are(kind: str, tmp_path: Path) -> None:
    ending, write = FORMATS[kind]
    data = write(drawing(1))
    [path] = keep(tmp_path, Encoded(data))
    assert path.read_bytes() == data
    assert path.suffix[1:] == SHORT.get(ending.lower(), ending.lower())


@pytest.mark.parametrize("kind", ["text", "PDF", "zeros", "empty"])
def test_what_is_no_image_is_refused_in_words(kind: str, tmp_path: Path) -> None:
    data = BROKEN[kind][1]
    assert ending_of(data) is None
    with pytest.raises(RequestError) as refused:
        keep(tmp_path, Encoded(data))
    assert refused.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_300_megapixels_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="300 megapixels; the limit is 200"):
        keep(tmp_path, Raw(20_000, 15_000, 3, b""))


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    picture, _ = raw((2, 2, 3))
    with pytest.raises(RequestError, match="cannot be kept"):
        keep(tmp_path / "file", picture)
