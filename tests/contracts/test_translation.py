"""The Chinese translation is complete and fresh, and nothing that people read escapes it."""

import ast
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from backend import storage
from fewshot_gui.translation import update
from fewshot_gui.translation.backend_messages import CONTEXT

WINDOW = Path(__file__).parents[2] / "fewshot_gui"
UPDATE = "run: python -m fewshot_gui.translation.update, and translate what it lists (docs/translation.md)"


def messages(ts: Path) -> dict[tuple[str, str], list[str]]:
    """Context and source → the translation's forms."""
    found = {}
    for context in ET.parse(ts).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = translation.findall("numerusform") or [translation]
            found[context.findtext("name", ""), message.findtext("source", "")] = [f.text or "" for f in forms]
    return found


def test_every_string_of_the_source_is_translated(tmp_path: Path) -> None:
    fresh = Path(shutil.copy(update.ts_file(), tmp_path / "fresh.ts"))
    update.lupdate(fresh)
    assert update.untranslated(fresh) == [], UPDATE
    assert messages(fresh).keys() == messages(update.ts_file()).keys(), UPDATE


def test_the_backends_sentences_are_those_of_its_source() -> None:
    translated = {source for context, source in messages(update.ts_file()) if context == CONTEXT}
    assert translated == set(update.backend_phrases()), UPDATE


def test_the_compiled_translation_says_what_its_source_says() -> None:
    translator = QTranslator()
    assert translator.load(str(update.ts_file().with_suffix(".qm")))
    for (context, source), forms in messages(update.ts_file()).items():
        assert translator.translate(context, source, "", 1 if len(forms) > 1 else -1) == forms[0], UPDATE


def places(text: str) -> list[str]:
    """Where values go in: ``{…}`` and ``%n``."""
    return sorted(re.findall(r"\{[^{}]*\}|%n", text))


def has_mnemonic(text: str) -> bool:
    return re.search(r"&[^&\s]", text) is not None


def test_translations_take_the_same_values_and_keep_mnemonics() -> None:
    for (_, source), forms in messages(update.ts_file()).items():
        for form in forms:
            assert places(form) == places(source)
            assert has_mnemonic(form) == has_mnemonic(source)


def texts(tree: ast.AST) -> Iterator[tuple[int, ast.expr, ast.expr]]:
    """Line, what it is called on and the text of each call of ``tr`` or ``translate``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = ast.unparse(node.func)
            if name.endswith(".tr"):
                yield node.lineno, node.func, node.args[0]
            elif name in ("translate", "QCoreApplication.translate", "QT_TRANSLATE_NOOP"):
                yield node.lineno, node.func, node.args[1]


@pytest.mark.parametrize("path", sorted(p.relative_to(WINDOW).as_posix() for p in WINDOW.rglob("*.py")))
def test_lupdate_can_see_what_is_translated(path: str) -> None:
    """It knows literals only, and ``tr`` of another object would look in the wrong place."""
    if path == "translation/backend_messages.py":  # looks up what ``update`` has gathered
        return
    for line, function, text in texts(ast.parse((WINDOW / path).read_text(encoding="utf-8"))):
        marked_before = path == "main_window/command.py" and ast.unparse(text) == "self._source"
        assert marked_before or isinstance(text, ast.Constant), f"{path}:{line}"
        if isinstance(function, ast.Attribute) and function.attr == "tr":
            assert isinstance(function.value, ast.Name) and function.value.id == "self", f"{path}:{line}"


def test_the_help_has_ten_tasks_in_both_languages() -> None:
    """The same tasks with the same keys and commands."""
    english, chinese = ((storage.docs() / name).read_text("utf-8") for name in ("help.md", "help.zh_CN.md"))
    sections = [re.split(r"^## ", text, flags=re.MULTILINE) for text in (english, chinese)]
    assert len(sections[0]) == len(sections[1]) == 1 + 10
    keys = re.compile(r"`[^`]+`|Ctrl\+\w+(?:\+\w+)?|Enter|Delete|Backspace")
    for one, other in zip(*sections, strict=True):
        assert sorted(keys.findall(one)) == sorted(keys.findall(other))
    assert "*" not in chinese  # it has no italics, and Markdown would not see their end


def test_the_methods_are_explained_in_both_languages() -> None:
    """The same sections with the same names, papers and commands."""
    english, chinese = ((storage.docs() / name).read_text("utf-8") for name in ("methods.md", "methods.zh_CN.md"))
    titles = [re.findall(r"^## \S+ — .*$", text, re.MULTILINE) for text in (english, chinese)]
    assert len(titles[0]) == 14
    assert titles[0] == titles[1]
    sections = [re.split(r"^## ", text, flags=re.MULTILINE) for text in (english, chinese)]
    for one, other in zip(*sections, strict=True):
        assert set(re.findall("`[^`]+`", one)) == set(re.findall("`[^`]+`", other))
