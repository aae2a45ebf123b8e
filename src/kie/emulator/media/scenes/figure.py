"""People, animals, astronauts and robots: a bust before a studio or a scene out of focus."""

from dataclasses import replace

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes import animals, people, weather
from kie.emulator.media.scenes.pen import Pen
from kie.emulator.media.scenes.product import blurred, studio

ANIMALS = frozenset(animals.LOOKS)


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint the figure of the prompt."""
    chance = brief.random("figure")
    if brief.setting == "studio":
        studio(canvas, brief, canvas.height * 1.2)
        _bokeh(canvas, brief)
    else:
        blurred(canvas, brief, brief.setting, 84)
    size = canvas.unit
    if "pair" in brief.features and brief.subject in {"woman", "man"}:
        _pair(canvas, brief)
        weather.lay(canvas, brief, 0.6)
        return
    pen = Pen(canvas, canvas.width * (0.5 + chance.uniform(-0.03, 0.03)), canvas.height - size * 0.54, size)
    canvas.subject()
    if brief.subject in ANIMALS:
        animals.paint(pen, brief)
    else:
        people.paint(pen, brief)
    weather.lay(canvas, brief, 0.6)


def _pair(canvas: Canvas, brief: Brief) -> None:
    """Paint two people side by side."""
    size = min(canvas.height * 0.8, canvas.width * 0.74)
    apart = size * 0.31
    canvas.subject()
    for side, subject in ((-1, "man"), (1, "woman")):
        person = replace(brief, subject=subject, seed=brief.seed + side)
        people.paint(Pen(canvas, canvas.width / 2 + side * apart, canvas.height - size * 0.54, size), person)


def _bokeh(canvas: Canvas, brief: Brief) -> None:
    from kie.emulator.media.canvas import ellipse

    if "minimal" in brief.mood:
        return
    chance = brief.random("bokeh")
    for _ in range(16):
        r = canvas.unit * chance.uniform(0.02, 0.085)
        x, y = canvas.width * chance.random(), canvas.height * chance.uniform(0, 0.8)
        tone = brief.palette.accent.mix(Colour(0.97, 0.03, 85), chance.uniform(0.3, 0.8))
        canvas.fill(ellipse(x, y, r, r, 36), tone.rgb(), chance.uniform(0.10, 0.3))
