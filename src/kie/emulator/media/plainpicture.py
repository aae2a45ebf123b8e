"""A simple picture without any wheel: a sky, a sun and hills in the colours of the prompt."""

import math

from kie.emulator.media import MediaSpec
from kie.emulator.media.brief import read


def rows(spec: MediaSpec, width: int, height: int) -> list[bytes]:
    """Return RGB rows of a two-tone sky with a sun over hills, in the colours of the prompt."""
    from kie.emulator.media.palette import gradient

    brief = read(spec.prompt, spec.seed)
    chance = brief.random("plain")
    colours = brief.palette
    steps = gradient(((0.0, colours.high), (0.6, colours.middle), (1.0, colours.low)), 64)
    ground = gradient(((0.0, colours.ground), (1.0, colours.ink)), 64)
    sun = colours.glow.rgb()
    cx, cy, r = width * chance.uniform(0.25, 0.75), height * 0.38, min(width, height) * 0.09
    waves = [(chance.uniform(1, 5), chance.uniform(0, 6), chance.uniform(0.02, 0.06)) for _ in range(3)]
    line = [height * (0.62 + sum(a * math.sin(f * 6.3 * x / width + p) for f, p, a in waves)) for x in range(width)]
    result: list[bytes] = []
    low, high = min(line), max(line)
    for y in range(height):
        sky = bytes(steps[min(63, int(y / height / 0.7 * 63))])
        row = bytearray(sky * width)
        half = r * r - (y - cy) ** 2
        if half > 0:
            left, right = max(0, int(cx - half**0.5)), min(width, int(cx + half**0.5))
            row[left * 3 : right * 3] = bytes(sun) * (right - left)
        if y >= low:
            earth = bytes(ground[max(0, min(63, int((y - low) / max(1.0, height - low) * 63)))])
            if y > high:
                row[:] = earth * width
            else:
                for x in range(width):
                    if y >= line[x]:
                        row[x * 3 : x * 3 + 3] = earth
        result.append(bytes(row))
    return result
