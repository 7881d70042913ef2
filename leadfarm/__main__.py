"""`python -m leadfarm`: the command line."""

import sys

from leadfarm.project.cli import main

if __name__ == "__main__":
    sys.exit(main())
