"""A canvas with the origin in the middle of a head and lengths in shares of the picture: figures are drawn so."""

from collections.abc import Sequence

from kie.emulator.media.canvas import KEY, Bytes, Canvas, Field, Light, Points, curve, ellipse, mirrored
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.solid import ring


class Pen:
    """Draws on a canvas in the figure's own measure: 1 is the shorter side of the picture, y points down."""

    def __init__(self, canvas: Canvas, x: float, y: float, size: float) -> None:
        self.canvas = canvas
        self.x = x
        self.y = y
        self.size = size
        self.light: Light = KEY

    def at(self, points: Points) -> list[tuple[float, float]]:
        """Return points of the figure as points of the picture."""
        return [(self.x + px * self.size, self.y + py * self.size) for px, py in points]

    def body(
        self,
        half: Points,
        colour: Colour | Bytes,
        *,
        smooth: int = 7,
        depth: float = 1.0,
        round_: float = 1.0,
        gloss: float = 0.05,
        rim: float = 0.14,
        pattern: Field | None = None,
    ) -> None:
        """Paint a symmetric body from its right half, top to bottom."""
        outline = mirrored(half)
        self.clay(outline, colour, smooth=smooth, depth=depth, round_=round_, gloss=gloss, rim=rim, pattern=pattern)

    def clay(
        self,
        outline: Points,
        colour: Colour | Bytes,
        *,
        smooth: int = 7,
        depth: float = 1.0,
        round_: float = 1.0,
        gloss: float = 0.05,
        rim: float = 0.14,
        pattern: Field | None = None,
    ) -> None:
        """Paint a body."""
        line = curve(outline, smooth) if smooth else list(outline)
        self.canvas.clay(
            self.at(line), colour, light=self.light, depth=depth, round_=round_, gloss=gloss, rim=rim, pattern=pattern
        )

    def pair(self, outline: Points, colour: Colour | Bytes, **how: float) -> None:
        """Paint a body on the right and its mirror image on the left."""
        for side in (1, -1):
            self.clay([(side * x, y) for x, y in outline], colour, **how)  # type: ignore[arg-type]

    def flat(self, outline: Points, colour: Colour, opacity: float = 1.0, smooth: int = 6) -> None:
        """Paint an area without shading."""
        line = curve(outline, smooth) if smooth else list(outline)
        self.canvas.fill(self.at(line), colour.rgb(), opacity)

    def fade(self, outline: Points, top: Colour, bottom: Colour, opacity: float = 1.0, smooth: int = 6) -> None:
        """Paint an area in a gradient downwards."""
        line = curve(outline, smooth) if smooth else list(outline)
        self.canvas.fade(self.at(line), top.rgb(), bottom.rgb(), opacity)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: Colour, opacity: float = 1.0) -> None:
        """Paint a flat ellipse."""
        self.canvas.fill(self.at(ellipse(x, y, rx, ry, 32)), colour.rgb(), opacity)

    def ball(self, x: float, y: float, rx: float, ry: float, colour: Colour, gloss: float = 0.3) -> None:
        """Paint a rounded ellipse."""
        self.canvas.clay(self.at(ellipse(x, y, rx, ry, 40)), colour, light=self.light, gloss=gloss)

    def soft(self, x: float, y: float, rx: float, ry: float, colour: Colour, opacity: float) -> None:
        """Lay a soft patch of colour."""
        self.canvas.shadow(
            self.x + x * self.size, self.y + y * self.size, rx * self.size, ry * self.size, opacity, colour.rgb()
        )

    def line(self, points: Sequence[tuple[float, float]], thick: float, colour: Colour) -> None:
        """Paint a bent rod."""
        ring(self.canvas, self.at(points), thick * self.size, colour)

    def stroke(self, points: Sequence[tuple[float, float]], thick: float, colour: Colour) -> None:
        """Paint a bent stroke that thins out towards both ends."""
        line = curve(points, 6, closed=False)
        upper: list[tuple[float, float]] = []
        lower: list[tuple[float, float]] = []
        last = len(line) - 1
        for index, (x, y) in enumerate(line):
            ax, ay = line[max(0, index - 1)]
            bx, by = line[min(last, index + 1)]
            long = max(1e-9, ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
            wide = thick / 2 * (1 - abs(2 * index / last - 1) ** 2.5) + thick * 0.06
            upper.append((x + (by - ay) / long * wide, y - (bx - ax) / long * wide))
            lower.append((x - (by - ay) / long * wide, y + (bx - ax) / long * wide))
        self.canvas.fill(self.at([*upper, *reversed(lower)]), colour.rgb())
