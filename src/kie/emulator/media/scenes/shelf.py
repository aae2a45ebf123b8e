"""What all objects share: the outlines of turned bodies, and the colours a prompt gives them."""


# Outlines stand as rows of points.
# fmt: off

from collections.abc import Callable

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.solid import Profile, Stuff, lathe

Thing = Callable[[Canvas, Brief, float, float, float], None]
"""Paints an object at (x of its axis, y of its foot), so high; in pixels."""

PROFILES: dict[str, Profile] = {"bottle": ((0.0, 0.052), (0.04, 0.056), (0.06, 0.045), (0.26, 0.047), (0.36, 0.075),
                                           (0.46, 0.135), (0.54, 0.15), (0.9, 0.15), (0.975, 0.146), (1.0, 0.13)),
                                "vase": ((0.0, 0.15), (0.03, 0.145), (0.14, 0.095), (0.28, 0.14), (0.46, 0.27),
                                         (0.62, 0.29), (0.8, 0.22), (0.94, 0.14), (1.0, 0.13)),
                                "pear": ((0.0, 0.02), (0.03, 0.09), (0.14, 0.15), (0.32, 0.18), (0.5, 0.27),
                                         (0.68, 0.34), (0.84, 0.31), (0.96, 0.17), (1.0, 0.06)),
                                "apple": ((0.05, 0.06), (0.0, 0.16), (0.04, 0.33), (0.2, 0.5), (0.4, 0.545),
                                          (0.62, 0.5), (0.84, 0.36), (0.97, 0.19), (1.0, 0.1)),
                                "round": ((0.0, 0.02), (0.02, 0.14), (0.09, 0.285), (0.2, 0.4), (0.35, 0.477),
                                          (0.5, 0.5), (0.65, 0.477), (0.8, 0.4), (0.91, 0.285), (0.98, 0.14),
                                          (1.0, 0.04)), "lemon": ((0.0, 0.03), (0.05, 0.07), (0.14, 0.2), (0.3, 0.34),
                                              (0.5, 0.39), (0.7, 0.34), (0.86, 0.2), (0.95, 0.07), (1.0, 0.03)),
                                "egg": ((0.0, 0.02), (0.03, 0.12), (0.13, 0.23), (0.3, 0.33), (0.55, 0.385),
                                        (0.75, 0.345), (0.9, 0.23), (0.98, 0.1), (1.0, 0.03)),
                                "mug": ((0.0, 0.36), (0.05, 0.36), (0.5, 0.355), (0.85, 0.345), (0.95, 0.32),
                                        (1.0, 0.28)), "bowl": ((0.0, 0.86), (0.15, 0.84), (0.4, 0.74), (0.65, 0.57),
                                            (0.85, 0.38), (0.93, 0.31), (1.0, 0.32)),
                                "jar": ((0.0, 0.3), (0.06, 0.31), (0.14, 0.36), (0.22, 0.38), (0.9, 0.38),
                                        (0.97, 0.36), (1.0, 0.33)), "lid": ((0.0, 0.9), (0.1, 0.98), (0.3, 1.0),
                                            (0.9, 1.0), (1.0, 0.97)), "candle": ((0.0, 0.15), (0.03, 0.16),
                                                (0.5, 0.16), (1.0, 0.165)),
                                "wine": ((0.0, 0.155), (0.12, 0.18), (0.26, 0.185), (0.38, 0.15), (0.47, 0.07),
                                         (0.52, 0.022), (0.7, 0.016), (0.9, 0.02), (0.955, 0.06), (0.98, 0.15),
                                         (1.0, 0.165)), "pawn": ((0.0, 0.02), (0.03, 0.08), (0.1, 0.125),
                                             (0.2, 0.125), (0.28, 0.08), (0.3, 0.15), (0.34, 0.15), (0.37, 0.085),
                                                 (0.6, 0.105), (0.76, 0.16), (0.8, 0.2), (0.84, 0.2), (0.88, 0.24),
                                                     (0.97, 0.26), (1.0, 0.25)),
                                "trophy": ((0.0, 0.3), (0.06, 0.3), (0.25, 0.27), (0.42, 0.18), (0.5, 0.07),
                                           (0.54, 0.045), (0.66, 0.045), (0.7, 0.09), (0.74, 0.16), (0.78, 0.16),
                                           (0.8, 0.2), (1.0, 0.21)), "bulb": ((0.0, 0.03), (0.04, 0.17), (0.14, 0.28),
                                               (0.3, 0.335), (0.46, 0.3), (0.6, 0.2), (0.7, 0.14), (0.74, 0.135),
                                                   (0.76, 0.13), (0.95, 0.12), (1.0, 0.06)),
                                "pot": ((0.0, 0.42), (0.14, 0.42), (0.16, 0.38), (0.6, 0.33), (1.0, 0.27)),
                                "cactus": ((0.0, 0.03), (0.04, 0.12), (0.14, 0.21), (0.35, 0.26), (0.7, 0.255),
                                           (1.0, 0.22)), "shade": ((0.0, 0.36), (0.5, 0.56), (1.0, 0.76)),
                                "stand": ((0.0, 0.025), (0.5, 0.03), (0.86, 0.035), (0.92, 0.1), (0.96, 0.22),
                                          (1.0, 0.25)), "teapot": ((0.0, 0.2), (0.06, 0.3), (0.25, 0.5), (0.5, 0.58),
                                              (0.75, 0.52), (0.92, 0.36), (1.0, 0.3)),
                                "tier": ((0.0, 0.97), (0.06, 1.0), (0.94, 1.0), (1.0, 0.98)),
                                "disc": ((0.0, 1.0), (1.0, 1.0))}


def main(brief: Brief, otherwise: Colour) -> Colour:
    """Return the first colour the prompt names, or the usual one."""
    return brief.colours[0] if brief.colours else otherwise


def second(brief: Brief, otherwise: Colour) -> Colour:
    """Return the second colour the prompt names, or the usual one."""
    return brief.colours[1] if len(brief.colours) > 1 else otherwise


def turned(canvas: Canvas, name: str, cx: float, foot: float, size: float, stuff: Stuff) -> None:
    """Paint a body of the list above."""
    lathe(canvas, cx, foot - size, size, PROFILES[name], stuff, seed=len(name))


def bar(cx: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    """Return a rectangle centred on a line."""
    return [(cx - width / 2, y), (cx + width / 2, y), (cx + width / 2, y + height), (cx - width / 2, y + height)]


def pot(canvas: Canvas, cx: float, foot: float, size: float, colour: Colour) -> None:
    """Paint a flower pot."""
    turned(canvas, "pot", cx, foot, size * 1.0, Stuff(colour, gloss=0.2))
