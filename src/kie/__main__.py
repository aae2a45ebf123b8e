"""``python -m kie``: the command line."""

from kie.cli import main

raise SystemExit(main())
