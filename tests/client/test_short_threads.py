"""A client may be used first by a thread that ends."""

import subprocess
import sys

PROGRAM = """
import threading
from kie import Kie
from kie.emulator import Emulator

with Emulator(workers=0) as emulator, emulator.serve() as server, Kie("test", base_url=server.url) as kie:
    for _ in range(5):
        thread = threading.Thread(target=kie.credits)
        thread.start()
        thread.join()
    print(kie.credits())
"""


def test_calls_from_threads_that_end() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "1000\n"), done.stderr
