"""Colours in OKLCH, and the palette which a time of day, a mood and colour words give a picture.

OKLCH keeps lightness, chroma and hue apart as the eye does, so a palette can be turned and softened without
going muddy. The conversion matrices are Björn Ottosson's (https://bottosson.github.io/posts/oklab/, 2020).
Nothing here needs numpy: the simple renderers use it too.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

RGB = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: lightness 0-1, chroma 0-0.4, hue in degrees."""

    l: float  # noqa: E741 - the letter every text on OKLCH uses
    c: float
    h: float

    def rgb(self) -> RGB:
        """Return the nearest sRGB colour of the same lightness and hue."""
        return _rgb(self)

    def lighter(self, by: float) -> "Colour":
        """Return it lighter (or, by a negative number, darker)."""
        return replace(self, l=min(1.0, max(0.0, self.l + by)))

    def duller(self, factor: float) -> "Colour":
        """Return it with its chroma multiplied."""
        return replace(self, c=self.c * factor)

    def turned(self, degrees: float) -> "Colour":
        """Return it with another hue."""
        return replace(self, h=(self.h + degrees) % 360)

    def mix(self, other: "Colour", share: float) -> "Colour":
        """Return the colour `share` of the way to another one, straight through OKLab."""
        a1, b1 = self.c * math.cos(math.radians(self.h)), self.c * math.sin(math.radians(self.h))
        a2, b2 = other.c * math.cos(math.radians(other.h)), other.c * math.sin(math.radians(other.h))
        a, b = a1 + (a2 - a1) * share, b1 + (b2 - b1) * share
        hue = math.degrees(math.atan2(b, a)) % 360
        return Colour(self.l + (other.l - self.l) * share, math.hypot(a, b), hue)


@lru_cache(maxsize=8192)
def _rgb(colour: Colour) -> RGB:
    chroma = max(0.0, colour.c)
    light = min(1.0, max(0.0, colour.l))
    linear = _linear(light, chroma, colour.h)
    while chroma > 0 and (min(linear) < -0.002 or max(linear) > 1.002):
        chroma -= 0.01
        linear = _linear(light, max(0.0, chroma), colour.h)
    red, green, blue = (_gamma(value) for value in linear)
    return red, green, blue


def _linear(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _gamma(value: float) -> int:
    value = min(1.0, max(0.0, value))
    value = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(value * 255)


Stops = tuple[tuple[float, Colour], ...]
"""A gradient: places 0-1 in rising order, and the colour at each."""

KNOTS = 20
"""Colours of a gradient that are computed in OKLCH; those between are mixed in sRGB, which nobody sees."""


def material(base: Colour, depth: float = 1.0, cool: float = 265.0) -> Stops:
    """Return the gradient of a material from its shadow to its highlight.

    Args:
        base: The colour in even light.
        depth: How far shadow and light lie apart; 1 is a matt body.
        cool: The hue to which the shadow leans.
    """
    dark = Colour(base.l * (1 - 0.62 * depth), base.c * 0.8, base.h).mix(Colour(base.l * 0.35, 0.05, cool), 0.22)
    light = Colour(min(0.985, base.l + 0.16 * depth + 0.05), base.c * 0.72, base.h).mix(Colour(0.97, 0.03, 90), 0.18)
    return ((0.0, dark), (0.52, base), (1.0, light))


def gradient(stops: Stops, steps: int) -> list[RGB]:
    """Return a gradient sampled evenly."""
    exact = [_at(stops, knot / KNOTS).rgb() for knot in range(KNOTS + 1)]
    result: list[RGB] = []
    for step in range(steps):
        place = step / max(1, steps - 1) * KNOTS
        index = min(KNOTS - 1, int(place))
        share = place - index
        red, green, blue = (
            round(one + (two - one) * share) for one, two in zip(exact[index], exact[index + 1], strict=True)
        )
        result.append((red, green, blue))
    return result


def _at(stops: Stops, place: float) -> Colour:
    before = stops[0]
    for stop in stops:
        if stop[0] >= place:
            width = stop[0] - before[0]
            return before[1].mix(stop[1], (place - before[0]) / width) if width > 0 else stop[1]
        before = stop
    return stops[-1][1]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one picture."""

    high: Colour
    """The sky overhead, or the edge of a backdrop."""
    middle: Colour
    low: Colour
    """The sky at the horizon, or the middle of a backdrop."""
    glow: Colour
    """Sun, moon, lamps."""
    ground: Colour
    main: Colour
    """The colour of the subject."""
    accent: Colour
    ink: Colour
    """The darkest colour."""
    dark: bool
    """Whether the picture is dark as a whole."""


_SKIES: dict[str, tuple[Colour, Colour, Colour, Colour]] = {
    "day": (Colour(0.58, 0.13, 252), Colour(0.76, 0.09, 238), Colour(0.92, 0.035, 215), Colour(0.985, 0.03, 95)),
    "sunset": (Colour(0.44, 0.10, 292), Colour(0.70, 0.145, 32), Colour(0.86, 0.12, 76), Colour(0.975, 0.07, 92)),
    "dawn": (Colour(0.66, 0.075, 262), Colour(0.83, 0.065, 350), Colour(0.925, 0.06, 60), Colour(0.98, 0.05, 85)),
    "night": (Colour(0.17, 0.06, 272), Colour(0.27, 0.075, 266), Colour(0.42, 0.07, 245), Colour(0.95, 0.03, 100)),
    "dusk": (Colour(0.30, 0.09, 278), Colour(0.50, 0.11, 305), Colour(0.76, 0.10, 40), Colour(0.95, 0.06, 80)),
    "neon": (Colour(0.17, 0.09, 290), Colour(0.34, 0.17, 318), Colour(0.60, 0.22, 350), Colour(0.86, 0.14, 200)),
    "grey": (Colour(0.60, 0.03, 245), Colour(0.74, 0.022, 240), Colour(0.87, 0.014, 220), Colour(0.95, 0.012, 100)),
}


def palette(time: str, weather: str, mood: set[str], named: list[Colour], turn: float) -> Palette:
    """Choose the colours of a picture.

    Args:
        time: day, sunset, dawn, night, dusk or neon.
        weather: rain, storm, snow, fog, clouds or nothing.
        mood: Mood words (pastel, vivid, dark, muted, mono, warm, cold).
        named: Colours the prompt names, first things first.
        turn: -1 to 1, from the seed: turns the hues a little so that seeds differ.
    """
    high, middle, low, glow = _SKIES[time]
    if weather in {"rain", "storm", "snow", "fog", "clouds"} and time in {"day", "dawn"}:
        grey = _SKIES["grey"]
        share = {"rain": 0.8, "storm": 0.95, "snow": 0.7, "fog": 0.7, "clouds": 0.45}[weather]
        high, middle, low, glow = (
            one.mix(two, share) for one, two in zip((high, middle, low, glow), grey, strict=True)
        )
    if weather == "storm":
        high, middle, low = high.lighter(-0.2), middle.lighter(-0.2), low.lighter(-0.14)
    high, middle = high.turned(turn * 16), middle.turned(turn * 14)
    low = low.turned(turn * 10)
    ground = Colour(0.52, 0.10, 135 + turn * 18)
    main = named[0] if named else Colour(0.64, 0.15, (210 + turn * 180) % 360)
    accent = named[1] if len(named) > 1 else main.turned(150 + 40 * turn)
    if named:
        tint = named[0]
        strength = 0.5 if tint.c > 0.03 else 0.2
        middle = middle.mix(Colour(middle.l, tint.c * 0.8, tint.h), strength)
        high = high.mix(Colour(high.l, tint.c * 0.7, tint.h), strength * 0.7)
        low = low.mix(Colour(low.l, accent.c * 0.7, accent.h), strength * (0.9 if len(named) > 1 else 0.3))
    if time in {"night", "neon"}:
        ground = Colour(0.26, 0.06, high.h)
    elif time in {"sunset", "dusk"}:
        ground = Colour(0.40, 0.065, 112 + turn * 16)
    ink = Colour(0.16, 0.04, high.h)
    colours = [high, middle, low, glow, ground, main, accent, ink]
    for word, (light, chroma) in _MOODS.items():
        if word in mood:
            colours = [replace(one, l=light(one.l), c=one.c * chroma) for one in colours]
    if "warm" in mood:
        colours = [one.mix(Colour(one.l, 0.11, 60), 0.22) for one in colours]
    if "cold" in mood:
        colours = [one.mix(Colour(one.l, 0.07, 240), 0.25) for one in colours]
    high, middle, low, glow, ground, main, accent, ink = colours
    dark = time in {"night", "neon"} or low.l < 0.45
    return Palette(high, middle, low, glow, ground, main, accent, ink, dark)


_MOODS: dict[str, tuple[Callable[[float], float], float]] = {
    "pastel": (lambda light: 0.30 + light * 0.70, 0.62),
    "vivid": (lambda light: light, 1.3),
    "dark": (lambda light: light * 0.78, 0.95),
    "muted": (lambda light: 0.06 + light * 0.9, 0.55),
    "mono": (lambda light: light, 0.0),
}
