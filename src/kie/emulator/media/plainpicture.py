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
    return marked(result, width, height) if spec.watermark else result


_LETTERS = {
    "E": (31, 16, 16, 30, 16, 16, 31),
    "M": (17, 27, 21, 17, 17, 17, 17),
    "U": (17, 17, 17, 17, 17, 17, 14),
    "L": (16, 16, 16, 16, 16, 16, 31),
    "A": (14, 17, 17, 31, 17, 17, 17),
    "T": (31, 4, 4, 4, 4, 4, 4),
    "D": (30, 17, 17, 17, 17, 17, 30),
}
"""The letters of EMULATED, seven rows of five bits."""


def marked(lines: list[bytes], width: int, height: int) -> list[bytes]:
    """Return the rows with EMULATED in their lower left corner, white on black."""
    word = "EMULATED"
    scale = max(1, min(height // 60, (width - 4) // (6 * len(word) + 2)))
    if width < 6 * len(word) + 4 or height < 13:
        return lines
    left, top = 2 * scale, height - 11 * scale
    result = [bytearray(line) for line in lines]
    for y in range(-1, 8):
        bits = "0" + "".join(f"{_LETTERS[letter][y]:05b}0" if 0 <= y < 7 else "000000" for letter in word)
        ink = b"".join((b"\xff\xff\xff" if bit == "1" else b"\0\0\0") * scale for bit in bits)
        for row in range(top + (y + 1) * scale, top + (y + 2) * scale):
            result[row][left * 3 : left * 3 + len(ink)] = ink
    return [bytes(row) for row in result]
