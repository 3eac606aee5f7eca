"""The subcommands of ``fewshot``, a module each: what it is told (``Arguments``), ``add_parser`` and ``run``.

``run`` returns the exit code. What is slow to import is imported there: ``--help`` and bad arguments must not wait.
"""
