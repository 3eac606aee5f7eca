"""The icon family: 24-pixel strokes in assets/icons, drawn in the colour that is asked for."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from backend import storage
from fewshot_gui import theme

SCALES = (1, 2, 3)


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, side: int, scale: float = 1.0) -> QPixmap:
    """The icon as a pixmap of ``side`` logical pixels on a screen of that scale."""
    drawing = (storage.assets() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    result = QPixmap(round(side * scale), round(side * scale))
    result.setDevicePixelRatio(scale)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return result


def icon(name: str, colour: str | None = None, side: int = 16) -> QIcon:
    """The icon in the text colour or another, with a paler form for disabled controls."""
    result = QIcon()
    for scale in SCALES:
        result.addPixmap(pixmap(name, colour or theme.tokens().text, side, scale))
        result.addPixmap(pixmap(name, theme.tokens().control, side, scale), QIcon.Mode.Disabled)
    return result
