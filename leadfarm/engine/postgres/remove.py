"""`python -m leadfarm.engine.postgres.remove FOLDER`: delete a data folder's server for good."""

import sys
from pathlib import Path

from leadfarm.engine.postgres import Cluster

if __name__ == "__main__":
    for folder in sys.argv[1:]:
        Cluster(Path(folder).absolute()).remove()
