"""`python -m onrecord`."""

import sys

from onrecord.cli.main import main

sys.exit(main())
