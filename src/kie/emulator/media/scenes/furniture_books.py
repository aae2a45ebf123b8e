"""Shelves of books."""

from PIL import ImageDraw

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas
from kie.emulator.media.palette import Colour


def books(canvas: Canvas, brief: Brief, x: float, y: float, wide: float, high: float, *, dark: bool) -> None:
    """Stand a row of books on a board, its lower edge at y + high."""
    chance = brief.random(f"books{x:.0f}.{y:.0f}")
    draw = ImageDraw.Draw(canvas.image)
    at = x
    while at < x + wide:
        thick = high * chance.uniform(0.1, 0.26)
        tall = high * chance.uniform(0.62, 0.95)
        tone = Colour(
            chance.uniform(0.34, 0.62) - (0.1 if dark else 0), chance.uniform(0.04, 0.12), chance.uniform(0, 360)
        )
        if chance.random() < 0.08:
            at += thick
            continue
        end = min(x + wide, at + thick)
        draw.rectangle((at, y + high - tall, end, y + high), fill=tone.rgb())
        draw.rectangle((at, y + high - tall, at + max(1.0, thick * 0.2), y + high), fill=tone.lighter(0.09).rgb())
        draw.rectangle((end - max(1.0, thick * 0.15), y + high - tall, end, y + high), fill=tone.lighter(-0.1).rgb())
        if end - at > 5:
            for share in (0.2, 0.75):
                top = y + high - tall * (1 - share)
                draw.rectangle((at + 1, top, end - 1, top + max(1.0, high * 0.03)), fill=Colour(0.78, 0.1, 85).rgb())
        at += thick + 1
    board = Colour(0.45 - (0.1 if dark else 0), 0.07, 55)
    draw.rectangle((x - high * 0.05, y + high, x + wide + high * 0.05, y + high * 1.09), fill=board.rgb())


def case(canvas: Canvas, brief: Brief, x: float, foot: float, s: float, *, dark: bool) -> None:
    """Stand a bookcase that reaches to the ceiling."""
    wide, rows = s * 0.82, 5
    high = s * 0.155
    left, top = x - wide / 2, foot - rows * high
    wood = Colour(0.38 - (0.08 if dark else 0), 0.06, 52)
    canvas.shadow(x, foot, wide * 0.6, s * 0.03, 0.6)
    box = [(left - s * 0.02, top - s * 0.03), (left + wide + s * 0.02, top - s * 0.03)]
    box += [(left + wide + s * 0.02, foot), (left - s * 0.02, foot)]
    canvas.fade(box, wood.lighter(0.05).rgb(), wood.lighter(-0.05).rgb())
    back = wood.lighter(-0.16)
    for column in range(2):
        a = left + column * wide / 2 + s * 0.008
        for row in range(rows):
            y = top + row * high
            canvas.fade(
                [(a, y), (a + wide / 2 - s * 0.016, y), (a + wide / 2 - s * 0.016, y + high), (a, y + high)],
                back.lighter(-0.04).rgb(),
                back.rgb(),
            )
            books(canvas, brief, a, y, wide / 2 - s * 0.016, high * 0.92, dark=dark)
