"""A camera RAW file (DNG) with an embedded preview, made by hand: no library here writes one."""

import struct

NEW_SUBFILE_TYPE, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 254, 256, 257, 258, 259, 262
MAKE, MODEL, STRIP_AT, ORIENTATION, SAMPLES, ROWS_PER_STRIP, STRIP_BYTES = 271, 272, 273, 274, 277, 278, 279
SUB_DIRECTORIES, PATTERN_SIZE, PATTERN, VERSION, UNIQUE_MODEL, COLOR_MATRIX = 330, 33421, 33422, 50706, 50708, 50721
BYTE, ASCII, SHORT, LONG, SRATIONAL = 1, 2, 3, 4, 10
SIDE = 64

Tag = tuple[int, int, bytes | list[int]]


def dng_file(preview: bytes, size: tuple[int, int], orientation: int) -> bytes:
    """An evenly grey sensor image with the JPEG ``preview`` of ``size`` pixels (width, height)."""
    preview += bytes(len(preview) % 2)
    sensor = struct.pack("<H", 1000) * (SIDE * SIDE)
    sensor_at = 8 + len(preview)
    first_at = sensor_at + len(sensor)
    first = _directory(_sensor_tags(sensor_at), first_at)
    main_at = first_at + len(first)
    main = _directory(_preview_tags(8, len(preview), size, orientation, first_at), main_at)
    return struct.pack("<2sHI", b"II", 42, main_at) + preview + sensor + first + main


def _sensor_tags(at: int) -> list[Tag]:
    return [
        (NEW_SUBFILE_TYPE, LONG, [0]),
        (WIDTH, LONG, [SIDE]),
        (HEIGHT, LONG, [SIDE]),
        (BITS, SHORT, [16]),
        (COMPRESSION, SHORT, [1]),
        (PHOTOMETRIC, SHORT, [32803]),  # colour filter array
        (STRIP_AT, LONG, [at]),
        (SAMPLES, SHORT, [1]),
        (ROWS_PER_STRIP, LONG, [SIDE]),
        (STRIP_BYTES, LONG, [2 * SIDE * SIDE]),
        (PATTERN_SIZE, SHORT, [2, 2]),
        (PATTERN, BYTE, bytes([0, 1, 1, 2])),
    ]


def _preview_tags(at: int, length: int, size: tuple[int, int], orientation: int, sensor_directory: int) -> list[Tag]:
    return [
        (NEW_SUBFILE_TYPE, LONG, [1]),
        (WIDTH, LONG, [size[0]]),
        (HEIGHT, LONG, [size[1]]),
        (BITS, SHORT, [8, 8, 8]),
        (COMPRESSION, SHORT, [7]),  # JPEG
        (PHOTOMETRIC, SHORT, [6]),  # YCbCr
        (MAKE, ASCII, b"Maker\0"),
        (MODEL, ASCII, b"Model\0"),
        (STRIP_AT, LONG, [at]),
        (ORIENTATION, SHORT, [orientation]),
        (SAMPLES, SHORT, [3]),
        (ROWS_PER_STRIP, LONG, [size[1]]),
        (STRIP_BYTES, LONG, [length]),
        (SUB_DIRECTORIES, LONG, [sensor_directory]),
        (VERSION, BYTE, bytes([1, 4, 0, 0])),
        (UNIQUE_MODEL, ASCII, b"Maker Model\0"),
        (COLOR_MATRIX, SRATIONAL, [1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1]),
    ]


def _directory(tags: list[Tag], at: int) -> bytes:
    """A TIFF directory that lies ``at`` bytes from the start of the file, with what does not fit into its entries."""
    entries, rest = b"", b""
    rest_at = at + 2 + 12 * len(tags) + 4
    for tag, kind, values in tags:
        data = values if isinstance(values, bytes) else struct.pack(f"<{len(values)}{_LETTER[kind]}", *values)
        entries += struct.pack("<HHI", tag, kind, len(values) // (2 if kind == SRATIONAL else 1))
        if len(data) <= 4:
            entries += data.ljust(4, b"\0")
        else:
            entries += struct.pack("<I", rest_at + len(rest))
            rest += data + bytes(len(data) % 2)
    return struct.pack("<H", len(tags)) + entries + bytes(4) + rest


_LETTER = {SHORT: "H", LONG: "I", SRATIONAL: "i"}
