"""Which language the window speaks, and the translators that make it do so."""

import os

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from backend import storage
from fewshot_gui import settings

VARIABLE = "FEWSHOT_LANGUAGE"
"""Overrules what was chosen in the menu; for tests and pictures."""
OURS = "fewshot"
"""What our translators are called, so that they are found again."""
SYSTEM, ENGLISH, CHINESE = "", "en", "zh_CN"
LANGUAGES = {ENGLISH: "English", CHINESE: "简体中文"}
"""Each in its own words, so that everybody finds theirs."""


def current() -> str:
    """ENGLISH or CHINESE: what the environment says, else what was chosen, else the system's, else English."""
    wanted = os.environ.get(VARIABLE, "") or settings.LANGUAGE.get()
    return wanted if wanted in LANGUAGES else of_system(QLocale.system())


def of_system(locale: QLocale) -> str:
    """The window's language on a system with this one. Traditional characters are another translation."""
    chinese = locale.language() == QLocale.Language.Chinese
    simplified = locale.script() == QLocale.Script.SimplifiedHanScript
    return CHINESE if chinese and simplified else ENGLISH


def install(app: QCoreApplication) -> None:
    """Translates what is made from now on, Qt's own dialogs too, and writes sizes as that language does. It takes the
    place of the language before."""
    for translator in app.findChildren(QTranslator, OURS):
        app.removeTranslator(translator)
        translator.setObjectName("")
        translator.deleteLater()
    language = current()
    QLocale.setDefault(QLocale.system() if language == ENGLISH else QLocale(language))
    if language != ENGLISH:
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _add(app, f"qtbase_{language}", qt)
        _add(app, f"fewshot_{language}", str(storage.assets() / "i18n"))


def _add(app: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(app)
    translator.setObjectName(OURS)
    if translator.load(name, folder):
        app.installTranslator(translator)
