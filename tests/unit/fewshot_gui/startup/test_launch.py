import ctypes
import socket
from pathlib import Path

import pytest

from backend.errors import RequestError
from fewshot_gui import main
from fewshot_gui.startup import display_server, qt_libraries
from fewshot_gui.startup.command_line import Arguments, parse


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_without_any_display_there_is_no_screen(no_screen: None) -> None:
    assert not display_server.has_screen()


@pytest.mark.parametrize("display", [":98765", "nonsense", "localhost:59999", ":"])
def test_a_dead_display_counts_as_none(no_screen: None, monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert not display_server.has_screen()


def test_a_server_that_answers_but_refuses_is_no_screen(
    no_screen: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        number = server.getsockname()[1] - 6000
        monkeypatch.setenv("XAUTHORITY", str(tmp_path / "none"))
        server.close()
        assert not display_server.has_x(f"127.0.0.1:{number}")


def test_a_wayland_socket_that_nobody_serves_is_no_screen(
    no_screen: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert not display_server.has_wayland()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert display_server.has_wayland()


def test_without_a_screen_one_line_names_both_ways(no_screen: None, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "--demo" in err
    assert "--screenshot" in err


@pytest.mark.parametrize(
    "argv",
    [
        ["--no-such-option"],
        ["no/such/folder"],
        ["--demo", "."],
        ["--examples", "."],
        [".", "--examples", "no/such/folder"],
        [".", "--screenshot", "no/such/folder/a.png"],
        ["--workspace", "no/such.fewshot"],
        [".", "--workspace", "no/such.fewshot"],
        ["--workspace", "."],
        ["--demo", "--workspace", "a.fewshot"],
    ],
)
def test_a_wish_that_cannot_be_met_is_one_line(argv: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "usage" not in err


def test_the_command_line_is_understood(tmp_path: Path) -> None:
    arguments = parse([str(tmp_path), "--examples", str(tmp_path), "--screenshot", str(tmp_path / "a.png")])
    assert arguments == Arguments(tmp_path, tmp_path, False, tmp_path / "a.png")
    arguments = parse([str(tmp_path), "--workspace", str(tmp_path / "new.fewshot")])
    assert (arguments.folder, arguments.workspace) == (tmp_path, tmp_path / "new.fewshot")


def test_here_no_library_is_missing() -> None:
    assert qt_libraries.missing(on_x=True) == {}


def test_a_missing_library_is_named_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    load = ctypes.CDLL

    def without_cursor(name: str) -> ctypes.CDLL:
        if name in ("libEGL.so.1", "libGL.so.1"):
            raise OSError(name)
        return load(name)

    monkeypatch.setattr(ctypes, "CDLL", without_cursor)
    assert main(["--demo"]) == 2
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert "libEGL.so.1, libGL.so.1" in err
    assert "apt-get install -y libegl1 libgl1" in err


def test_a_refusal_keeps_the_words_of_the_request() -> None:
    with pytest.raises(RequestError, match="--demo brings its own"):
        parse(["--demo", "."])
