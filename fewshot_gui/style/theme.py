"""Colours, sizes and fonts, in one place. Light and dark follow the system; the sheet lies in style.qss."""

from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

GRID = 8
"""All distances are multiples (or the half) of this many logical pixels."""

CHOSEN = "colour scheme"
"""The application's property that says which one the person has chosen."""

CAPTION, BODY, TITLE, DISPLAY = 11, 13, 16, 24
"""The four type sizes, in logical pixels."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What each colour is for. Text on any of the grounds has a contrast of 4.5:1 or more."""

    ground: str
    surface: str
    sunken: str
    hover: str
    line: str
    control: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    danger: str
    danger_soft: str
    warn_soft: str


LIGHT = Tokens(
    ground="#f3f4f6",
    surface="#ffffff",
    sunken="#eaecef",
    hover="#e6e9ee",
    line="#d9dde3",
    control="#868e99",
    text="#1a1d21",
    muted="#555d68",
    accent="#0a5fb4",
    on_accent="#ffffff",
    accent_soft="#dcebfa",
    danger="#b3261e",
    danger_soft="#fbe9e7",
    warn_soft="#fff4d6",
)
DARK = Tokens(
    ground="#16181b",
    surface="#1e2125",
    sunken="#121416",
    hover="#2b2f35",
    line="#343940",
    control="#7d8590",
    text="#e8eaed",
    muted="#a3abb5",
    accent="#6db3f8",
    on_accent="#08192b",
    accent_soft="#1c3550",
    danger="#ff9d92",
    danger_soft="#40211e",
    warn_soft="#3a3015",
)

OKABE_ITO = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8c8c8c")
"""Okabe & Ito's palette for all kinds of colour vision; grey stands for its black, which dark mode would swallow."""
COLOURS = 5 * len(OKABE_ITO)
"""Different colours of bins. More bins share them: further rounds would be black or white."""


def bin_colour(slot: int) -> QColor:
    """The colour of a bin: the palette first, then darker and lighter rounds of it, and from the start again."""
    colour = QColor(OKABE_ITO[slot % len(OKABE_ITO)])
    rounds = slot % COLOURS // len(OKABE_ITO)
    if not rounds:
        return colour
    return colour.darker(100 + 35 * ((rounds + 1) // 2)) if rounds % 2 else colour.lighter(100 + 25 * (rounds // 2))


def text_on(colour: QColor) -> QColor:
    """Black or white, whichever reads better on ``colour``."""
    luminance = relative_luminance(colour)
    dark = QColor("#101214")
    return dark if (luminance + 0.05) ** 2 > 1.05 * (relative_luminance(dark) + 0.05) else QColor("#ffffff")


def relative_luminance(colour: QColor) -> float:
    """WCAG 2 relative luminance, 0..1."""
    red, green, blue = (_linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.03928 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2 contrast ratio, 1..21."""
    high, low = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def choose(scheme: Qt.ColorScheme) -> None:
    """Light or dark from now on; ``Unknown`` is as the system does. ``apply`` makes it show."""
    QGuiApplication.styleHints().setColorScheme(scheme)  # frames and dialogs of the system's own, where it can
    app = QGuiApplication.instance()
    assert app is not None
    app.setProperty(CHOSEN, scheme.name)  # a plain text: an object of Python's would outlive Python


def tokens() -> Tokens:
    """The tokens of the colour scheme that was chosen, else of the system's present one."""
    app = QGuiApplication.instance()
    chosen = (app.property(CHOSEN) if app is not None else None) or Qt.ColorScheme.Unknown.name
    system = QGuiApplication.styleHints().colorScheme()
    dark = (system.name if chosen == Qt.ColorScheme.Unknown.name else chosen) == Qt.ColorScheme.Dark.name
    return DARK if dark else LIGHT


def font(size: int = BODY, *, strong: bool = False) -> QFont:
    """The platform's font in one of the four sizes, with tabular figures."""
    result = QFont(QApplication.font())
    result.setPixelSize(size)
    result.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    if hasattr(QFont, "Tag"):  # Qt 6.7
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


def apply(app: QApplication) -> None:
    """Dress the application for the present colour scheme."""
    now = tokens()
    app.setPalette(_palette(now))
    sheet = Path(__file__).with_name("style.qss").read_text(encoding="utf-8")
    for name, value in sorted(asdict(now).items(), key=lambda item: -len(item[0])):
        sheet = sheet.replace(f"@{name}", value)
    for name, size in {"caption": CAPTION, "body": BODY, "title": TITLE, "display": DISPLAY}.items():
        sheet = sheet.replace(f"@size-{name}", f"{size}px")
    app.setStyleSheet(sheet)


def _palette(now: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: now.ground,
        role.Base: now.surface,
        role.AlternateBase: now.sunken,
        role.Button: now.surface,
        role.WindowText: now.text,
        role.Text: now.text,
        role.ButtonText: now.text,
        role.PlaceholderText: now.muted,
        role.ToolTipBase: now.surface,
        role.ToolTipText: now.text,
        role.Highlight: now.accent,
        role.HighlightedText: now.on_accent,
        role.Accent: now.accent,
        role.Link: now.accent,
        role.Mid: now.line,
    }
    for key, value in colours.items():
        palette.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(now.control))
    return palette
