"""``python -m backend.cli`` is ``fewshot``."""

import sys

from backend.cli.main import main

sys.exit(main())
