"""A kie.ai on this machine, for tests, demonstrations and work without credits.

    with Emulator() as emulator, emulator.serve() as server:
        ...  # point a client at server.url

It knows nothing of the client, the wire or the catalogue of this package: it is written from the vendor's
OpenAPI files and from recordings, so that each side can be held against the other. Whatever it makes is
marked as emulated.
"""

from kie.emulator.emulator import Emulator
from kie.emulator.faults.deeds import DEEDS, STAGES
from kie.emulator.faults.script import Script
from kie.emulator.faults.tally import Fault
from kie.emulator.money.keys import Key

__all__ = ["DEEDS", "STAGES", "Emulator", "Fault", "Key", "Script"]
