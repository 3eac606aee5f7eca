"""What cannot be read, and odd files that can: each has its reason, and nothing but ``UnreadableImage`` comes out."""

import os
import random
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from backend.images import DecoderPool, UnreadableImage, decode_bytes, reading
from backend.images.reading import ENDS, identify, read_file
from backend.types import ContentKey, Decoded, Unreadable
from tests.samples import BROKEN, FORMATS, HEIC, drawing, encoded, png_claiming, write_mixed_folder

pytestmark = pytest.mark.slow

RED, BLUE = (220, 30, 30), (30, 30, 220)
posix = pytest.mark.skipif(os.name == "nt", reason="names, links and permissions as POSIX has them")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    root = tmp_path_factory.mktemp("mixed")
    yield root, write_mixed_folder(root, 60, 22, seed=5)


@pytest.fixture
def pool() -> Iterator[DecoderPool]:
    with DecoderPool(workers=2) as pool:
        yield pool


def reason_of(pool: DecoderPool, path: Path) -> str:
    """Why ``path`` cannot be decoded; for what is no readable file, a request for its key gives the same reason."""
    result = pool.decode(path, 32).result(timeout=30)
    assert isinstance(result, Unreadable)
    key = pool.identify(path).result(timeout=30)
    assert isinstance(key, ContentKey) or key == result
    return result.reason


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_bytes_have_their_reason(kind: str, tmp_path: Path, pool: DecoderPool) -> None:
    ending, data, words = BROKEN[kind]
    path = tmp_path / f"broken.{ending}"
    path.write_bytes(data)
    reason = reason_of(pool, path)
    assert words in reason and reason.endswith(".") and "\n" not in reason


def test_in_a_mixed_folder_the_broken_files_and_no_others_are_unreadable(
    mixed: tuple[Path, dict[str, str]], pool: DecoderPool
) -> None:
    root, kinds = mixed
    futures = {name: pool.decode(root / name, 32) for name in kinds}
    unreadable = {name for name, future in futures.items() if isinstance(future.result(timeout=30), Unreadable)}
    assert unreadable == {name for name, kind in kinds.items() if kind}


def test_the_mixed_folder_is_the_same_for_the_same_seed(mixed: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    root, kinds = mixed
    assert write_mixed_folder(tmp_path, 60, 22, seed=5) == kinds
    assert all((root / n).read_bytes() == (tmp_path / n).read_bytes() for n, kind in kinds.items() if not kind)
    assert write_mixed_folder(tmp_path / "other", 60, 22, seed=6) != kinds


@posix
def test_what_is_no_regular_file_is_named_and_never_waited_for(tmp_path: Path, pool: DecoderPool) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "dangling.png").symlink_to("nowhere")
    (tmp_path / "circle.png").symlink_to("circle.png")
    assert reason_of(pool, tmp_path / "pipe.png") == "This is a device or a pipe, not a file."
    assert reason_of(pool, Path("/dev/zero")) == "This is a device or a pipe, not a file."
    assert reason_of(pool, tmp_path / "folder.png") == "This is a folder, not a file."
    assert reason_of(pool, tmp_path / "dangling.png") == "This is a link to a file that is not there."
    assert reason_of(pool, tmp_path / "circle.png") == "This is a link that leads in a circle."
    assert reason_of(pool, tmp_path / "gone.png") == "The file is no longer there."
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "socket.png"))
        assert reason_of(pool, tmp_path / "socket.png") == "This is a device or a pipe, not a file."


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path, pool: DecoderPool) -> None:
    path = tmp_path / "secret.png"
    path.write_bytes(encoded(drawing(1), "PNG"))
    path.chmod(stat.S_IWUSR)
    assert reason_of(pool, path) == "Reading the file is not allowed."


@posix
def test_names_that_are_no_text_can_be_read(tmp_path: Path, pool: DecoderPool) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe odd.png"))
    path.write_bytes(encoded(drawing(1), "PNG"))
    assert isinstance(pool.decode(path, 8).result(timeout=30), Decoded)


@pytest.mark.parametrize("change", [lambda data: data + b"more", lambda data: data[:-40]])
@pytest.mark.parametrize("read", [read_file, identify])
def test_a_file_that_changes_while_it_is_read(
    read: Callable[[Path], object], change: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "growing.png"
    path.write_bytes(encoded(drawing(1), "PNG"))
    key_of = reading._key_of

    def key_then_change(file: object) -> ContentKey:
        key = key_of(file)  # type: ignore[arg-type]
        path.write_bytes(change(path.read_bytes()))
        return key

    monkeypatch.setattr(reading, "_key_of", key_then_change)
    with pytest.raises(UnreadableImage, match="changed while it was read"):
        read(path)


def test_content_keys_follow_the_content_not_the_name(tmp_path: Path, pool: DecoderPool) -> None:
    import hashlib

    chance = random.Random(0)
    for size in (1, ENDS - 1, ENDS, ENDS + 1, 2 * ENDS, 2 * ENDS + 1000):
        data = chance.randbytes(size)
        path = tmp_path / f"{size}.bin"
        path.write_bytes(data)
        ends = data if size <= 2 * ENDS else data[:ENDS] + data[-ENDS:]
        expected = hashlib.blake2b(ends, digest_size=16).hexdigest()
        assert identify(path) == ContentKey(size, path.stat().st_mtime_ns, expected)
    image = tmp_path / "image.png"
    image.write_bytes(encoded(drawing(1), "PNG"))
    first = pool.decode(image, 8).result(timeout=30)
    renamed = image.rename(tmp_path / "renamed.png")
    assert isinstance(first, Decoded) and pool.identify(renamed).result(timeout=30) == first.key
    renamed.write_bytes(encoded(drawing(2), "PNG"))
    assert pool.identify(renamed).result(timeout=30) != first.key


def test_the_size_limit_is_read_from_the_header(tmp_path: Path) -> None:
    """These headers promise gigabytes that are never allocated, and never read."""
    sizes = {"wide.png": (100_000, 100_000), "limit.png": (20_000, 10_001)}
    with DecoderPool(workers=1) as pool:
        for name, (width, height) in sizes.items():
            (tmp_path / name).write_bytes(png_claiming(width, height))
            assert f"{width} × {height} pixels" in reason_of(pool, tmp_path / name)
    data = encoded(Image.new("L", (101, 100)), "PNG")
    assert decode_bytes(data, None, 0.0101)[1] == (101, 100)
    with pytest.raises(UnreadableImage, match=r"the limit is 0\.01\."):
        decode_bytes(data, None, 0.01)
    with pytest.raises(UnreadableImage, match=r"the limit is 0\.0001\."):
        decode_bytes(HEIC, None, 0.0001)


@pytest.mark.skipif(sys.platform != "linux", reason="where the system limits a process's memory")
def test_an_image_that_needs_more_memory_than_a_decoder_may_have_costs_one_file(tmp_path: Path) -> None:
    bomb, fine = tmp_path / "bomb.png", tmp_path / "fine.png"
    bomb.write_bytes(png_claiming(60_000, 60_000))
    fine.write_bytes(encoded(drawing(1), "PNG"))
    with DecoderPool(workers=1, max_megapixels=5_000.0) as pool:
        assert reason_of(pool, bomb) == "The image needs too much memory."
        assert isinstance(pool.decode(fine, 32).result(timeout=30), Decoded)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "AVIF", "PNG", "TIFF", "MPO"])
def test_of_several_pictures_the_first_counts(form: str) -> None:
    first, second = Image.new("RGB", (32, 32), RED), Image.new("RGB", (32, 32), BLUE)
    pixels, _ = decode_bytes(encoded(first, form, save_all=True, append_images=[second]), None)
    assert np.abs(pixels.astype(int) - RED).max() <= 14


def test_transparent_black_does_not_darken_an_edge() -> None:
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (0, 0, 32, 64))
    assert decode_bytes(encoded(image, "PNG"), 8)[0][:, :, 0].min() >= 250


@pytest.mark.parametrize("side", [None, 8])
@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_an_alpha_that_is_zero_everywhere_is_none(mode: str, form: str, side: int | None) -> None:
    image = Image.new("RGB", (64, 64), "white")
    image.paste((255, 0, 0), (0, 0, 32, 64))
    unused = image.convert(mode)
    unused.putalpha(0)
    options = {"lossless": True, "exact": True} if form == "WEBP" else {}
    pixels, _ = decode_bytes(encoded(unused, form, **options), side)
    assert np.abs(pixels.astype(int) - decode_bytes(encoded(image.convert(mode[:-1]), "PNG"), side)[0]).max() <= 1


def test_an_image_that_is_empty_altogether_stays_transparent() -> None:
    assert decode_bytes(encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"), None)[0].min() == 255


def test_odd_but_whole_files_are_read() -> None:
    image = Image.new("RGB", (16, 16), RED)
    for form in ("JPEG", "PNG", "GIF"):
        assert decode_bytes(encoded(image, form) + b"appended by a camera" * 50, None)[1] == (16, 16)
    unreadable = b"Exif\x00\x00garbage that no reader can parse"
    assert decode_bytes(encoded(image, "JPEG", exif=unreadable), None)[0].shape == (16, 16, 3)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04" + bytes(60), "a zip archive or an office document"),
        (b"\x1aE\xdf\xa3" + bytes(60), "a video"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("一封信".encode(), "a text file"),
        (bytes(range(256)), "No image format was recognised"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "a video"),
        (b"\xff\xd8\xff\xe0", "(damaged|cut off)"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript"),
    ],
)
def test_other_files_are_named(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableImage, match=reason):
        decode_bytes(data, 64)


@pytest.mark.parametrize("form", FORMATS)
def test_a_cut_is_noticed_wherever_it_is(form: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (96, 96, 3), dtype=np.uint8)
    data = FORMATS[form][1](Image.fromarray(noise))
    for share in (0.1, 0.5, 0.8, 0.99):
        with pytest.raises(UnreadableImage):
            decode_bytes(data[: int(len(data) * share)], 32)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """``data`` cut off somewhere, or with a few bytes changed."""
    if chance.random() < 0.4:
        return data[: chance.randrange(1, len(data))]
    copy = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        copy[chance.randrange(len(copy))] = chance.randrange(256)
    return bytes(copy)


def test_random_damage_never_costs_more_than_the_file(tmp_path: Path) -> None:
    chance = random.Random(11)
    whole = [write(drawing(3)) for _, write in FORMATS.values()]
    with DecoderPool(workers=2) as pool:
        futures = []
        for number in range(20 * len(whole)):
            path = tmp_path / f"{number}.jpg"
            path.write_bytes(damaged(whole[number % len(whole)], chance))
            futures.append(pool.decode(path, 32))
        results = [future.result(timeout=60) for future in futures]
    reasons = [result.reason for result in results if isinstance(result, Unreadable)]
    assert 100 < len(reasons) < len(results)
    assert all(reason.endswith(".") and reason[0].isupper() for reason in reasons)
