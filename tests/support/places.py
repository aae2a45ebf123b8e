"""Where things lie on disk that tests read."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The root of this checkout."""

SHARED = ROOT.parent / "shared"
"""The vendor's documents, beside the checkout where there are any. Tests ask for the `shared` fixture."""

NO_SHARED = "needs the vendor's documents in ../shared, which is not here"
"""Why a test that reads the vendor's documents is skipped. CI accepts it only where the folder is absent."""
