"""``fewshot undo``: files go back to where they were before the newest sort."""

from backend.cli.arguments import Parser, Subparsers
from backend.cli.sorted_folder import DestinationArguments, add_destination_parser, files, real, tell
from backend.cli.terminal import print_json, run_job


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    add_destination_parser(subparsers, "undo", "take the newest sort into a folder back").set_defaults(run=run)


def run(arguments: DestinationArguments) -> int:
    """Runs the command; exit code 1 where something stays."""
    from backend import sorting

    destination = real(arguments.destination)
    outcome = run_job(sorting.undo(destination))
    if arguments.json:
        print_json({"taken_back": outcome.done, "stays": list(outcome.problems)})
    else:
        print(f"{files(outcome.done)} taken back from {destination}")
    tell(outcome)
    return 1 if outcome.problems else 0
