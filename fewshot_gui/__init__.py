"""The window. ``main`` is the entry point of ``fewshot-gui``; Qt loads only once it is known that it can."""


def main(argv: list[str] | None = None) -> int:
    """Runs the window; returns the exit code: 0 done, 1 with exceptions, 2 the request cannot be met."""
    from fewshot_gui.startup.launch import run

    return run(argv)
