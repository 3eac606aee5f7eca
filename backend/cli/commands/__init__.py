"""The subcommands of ``fewshot``, a module each."""
