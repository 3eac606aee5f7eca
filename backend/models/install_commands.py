"""What to run where a model needs more than is installed. Importing this loads no torch."""

TIMM_NEEDS = "pip install 'fewshot[timm]'"


LARGE_NEEDS = "pip install 'fewshot[large]'"
