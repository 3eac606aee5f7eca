"""Cards travel: what they say of a training names files, not the folders of the machine that it ran on."""

from pathlib import Path

from backend import storage
from backend.models.card import portable_command


def test_a_command_names_its_data_without_folders() -> None:
    data = [Path("/home/me/a.zip"), Path("/home/me/b.tar")]
    command = "fewshot train --data /home/me/a.zip /home/me/b.tar --model mine"
    assert portable_command(command, data) == "fewshot train --data a.zip b.tar --model mine"


def test_bundled_cards_name_no_folder() -> None:
    cards = list(storage.bundled_models().glob("*.json"))
    assert cards
    assert all("--data /" not in card.read_text(encoding="utf-8") for card in cards)
