"""``fewshot resume``: finishes a sort that was interrupted."""

from backend.cli.arguments import Parser, Subparsers
from backend.cli.sorted_folder import DestinationArguments, add_destination_parser, files, real, run_sort, tell
from backend.cli.terminal import print_json


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    add_destination_parser(subparsers, "resume", "finish a sort that was interrupted").set_defaults(run=run)


def run(arguments: DestinationArguments) -> int:
    """Runs the command; exit code 1 where a file could not be placed."""
    from backend import sorting

    destination = real(arguments.destination)
    outcome = run_sort(sorting.resume(destination), destination)
    if arguments.json:
        print_json({"placed": outcome.done, "problems": list(outcome.problems)})
    elif outcome.done:
        print(f"{files(outcome.done)} filed in {destination}")
    else:
        print(f"There is nothing to finish in {destination}")
    tell(outcome)
    return 1 if outcome.problems else 0
