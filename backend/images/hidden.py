"""Names of hidden files, and of files that systems and tools leave behind."""

_WINDOWS = frozenset(
    ("$recycle.bin", "system volume information", "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini")
)
"""In lower case: Windows tells no cases apart, and neither do the disks that it has written to."""
_OTHERS = frozenset(
    ("@eaDir", "#recycle", "#snapshot", "@Recycle", "@Recently-Snapshot", "lost+found", "__MACOSX", "Icon\r")
)
"""Thumbnails, bins and snapshots of network storage (Synology, QNAP), what a file system check has found, and what
macOS packs and sets beside the files."""
_DOTTED = frozenset((".ds_store", ".@__thumb"))


def is_hidden(name: str) -> bool:
    """Whether a file or folder of that ``name`` (no path) is left out where a folder is listed."""
    return name.startswith(".") or is_left_behind(name)


def is_left_behind(name: str) -> bool:
    """Whether a system or a tool has put it there: such a thing is not meant, even where it is named among others.
    Other names with a dot may be somebody's own."""
    lower = name.lower()
    return name in _OTHERS or lower in _WINDOWS or lower in _DOTTED or name.startswith("._")
