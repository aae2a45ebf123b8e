"""The verdict on this package's own client: it does well whatever goes wrong, so no rule is unfair to such a one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from kie import Kie, KieError
from kie.emulator import Fault
from tests.emulator.support import PIXEL, Served

TROUBLE = {
    "none": [],
    "busy": [Fault("create", "429", retry_after=1.0, times=2), Fault("poll", "429", times=2)],
    "gateways": [Fault("poll", "http-502", times=3), Fault("poll", "500", nth=5, times=2)],
    "create cut after": [Fault("create", "reset-after")],
    "create cut before": [Fault("create", "reset-before")],
    "create unreadable": [Fault("create", "malformed"), Fault("create", "null-data", nth=3)],
    "create slow": [Fault("create", "delay", seconds=0.3), Fault("create", "drip", seconds=0.3, nth=2)],
    "files cut": [Fault("media", "truncate", times=2)],
    "links gone": [Fault("media", "expired")],
    "results late": [Fault("poll", "no-url", times=3), Fault("poll", "null-data", nth=5)],
    "tasks fail": [Fault("create", "fail", times=2)],
    "no key": [Fault("create", "401", times=0)],
}


def rendered(_spec: object) -> bytes:
    return PIXEL + bytes(50_000)


@pytest.mark.slow
@pytest.mark.parametrize("faults", TROUBLE.values(), ids=list(TROUBLE))
def test_the_client_does_well(faults: list[Fault]) -> None:
    with Served(faults=faults, renderer=rendered) as served:
        with Kie(api_key="a-key", base_url=served.server.url, upload_url=served.server.url, poll=0.1) as kie:

            def fetch(number: int) -> None:
                try:
                    kie.run("nano-banana-pro", prompt=f"boat {number}").outputs[0].bytes()
                except KieError:
                    return  # to be told of trouble is right

            with ThreadPoolExecutor(3) as pool:
                list(pool.map(fetch, range(4)))
        verdict = served.emulator.verdict()
        assert verdict.ok, verdict
        assert verdict.requests >= 4
