"""The icon family: 24-pixel strokes in assets/icons, drawn in the colour that is asked for."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from backend import storage
from fewshot_gui.style import theme


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, side: int, scale: float = 1.0) -> QPixmap:
    """The icon as a pixmap of ``side`` logical pixels on a screen of that scale."""
    result = QPixmap(round(side * scale), round(side * scale))
    result.setDevicePixelRatio(scale)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    _renderer(name, colour).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return result


def icon(name: str, colour: str = "text") -> QIcon:
    """The icon in a token of the theme, which it follows, or in a fixed ``#rrggbb``; paler where a control is off."""
    return QIcon(_Engine(name, colour))


@lru_cache(maxsize=1)
def nothing() -> QIcon:
    """Room for an icon where others have one."""
    empty = QPixmap(24, 24)
    empty.fill(Qt.GlobalColor.transparent)
    return QIcon(empty)


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = (storage.assets() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))


def _colour(token: str) -> str:
    return token if token.startswith("#") else str(getattr(theme.tokens(), token))


class _Engine(QIconEngine):
    """Draws at any size, in the colours of the moment."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._token = name, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = _colour("control" if mode == QIcon.Mode.Disabled else self._token)
        side = min(rect.width(), rect.height())
        square = QRect(0, 0, side, side)
        square.moveCenter(rect.center())
        _renderer(self._name, colour).render(painter, QRectF(square))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        result = QPixmap(size)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return result

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)


def dress_clear_button(field: QLineEdit) -> None:
    """Give ``field`` a button that clears it, with the family's cross in place of the style's."""
    field.setClearButtonEnabled(True)
    for button in field.findChildren(QToolButton):
        button.setIcon(icon("close", "muted"))


class IconLabel(QLabel):
    """An icon by itself; it follows the theme."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side, self._shown = side, ("", "")

    def show_icon(self, name: str, colour: str) -> None:
        """Show this one, in a token of the theme."""
        self._shown = name, colour
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        name, colour = self._shown
        if name:
            self.setPixmap(pixmap(name, _colour(colour), self._side, self.devicePixelRatioF()))
