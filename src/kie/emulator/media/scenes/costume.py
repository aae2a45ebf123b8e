"""What people wear on top: crowns, hats, scarves, space suits, armour; and robots, who are all costume."""

# Outlines stand as rows of points.
# fmt: off

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import fbm, generator
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.pen import Pen

WHITE = Colour(0.97, 0.008, 90)


def crown(pen: Pen) -> None:
    """Put a crown on."""
    gold = Colour(0.8, 0.15, 85)
    pen.clay([(-0.17, -0.2), (-0.2, -0.36), (-0.11, -0.29), (-0.075, -0.40), (0, -0.3), (0.075, -0.40), (0.11, -0.29),
              (0.2, -0.36), (0.17, -0.2), (0.0, -0.175)], gold, smooth=2, gloss=0.6)
    for x, y, hue in ((0.0, -0.225, 25), (0.085, -0.232, 255), (-0.085, -0.232, 255), (0.143, -0.245, 150),
                      (-0.143, -0.245, 150)):
        pen.ball(x, y, 0.014, 0.017, Colour(0.52, 0.2, hue), 0.8)
    for x, y in ((-0.2, -0.365), (-0.075, -0.405), (0.075, -0.405), (0.2, -0.365)):
        pen.ball(x, y, 0.015, 0.015, Colour(0.95, 0.02, 90), 0.7)


def hat(pen: Pen, brief: Brief, *, pointed: bool) -> None:
    """Put a hat on: a felt hat, or a wizard's."""
    tone = brief.colours[-1] if brief.colours else Colour(0.34, 0.12, 285) if pointed else Colour(0.42, 0.08, 55)
    if pointed:
        pen.clay([(-0.19, -0.17), (-0.1, -0.36), (-0.02, -0.5), (0.06, -0.535), (0.05, -0.46), (0.1, -0.34),
                  (0.19, -0.17)], tone, gloss=0.03)
    else:
        pen.clay([(-0.17, -0.17), (-0.165, -0.33), (-0.09, -0.37), (0.0, -0.35), (0.09, -0.37), (0.165, -0.33),
                  (0.17, -0.17)], tone, gloss=0.03)
    pen.clay([(-0.178, -0.2), (0.0, -0.175), (0.178, -0.2), (0.176, -0.165), (0.0, -0.14), (-0.176, -0.165)],
             Colour(0.8, 0.13, 85) if pointed else Colour(0.25, 0.03, 50), smooth=4)
    pen.clay([(-0.34, -0.135), (-0.18, -0.178), (0.0, -0.155), (0.18, -0.178), (0.34, -0.135), (0.16, -0.11),
              (0.0, -0.112), (-0.16, -0.11)], tone.lighter(0.03), gloss=0.03)


def scarf(pen: Pen, brief: Brief, y: float) -> None:
    """Wind a scarf around the neck."""
    tone = brief.colours[-1] if brief.colours else Colour(0.5, 0.17, 25)
    knit = fbm((80, 40), (26, 9), 2, generator(3), 0.5)
    pen.clay([(0.05, y + 0.04), (0.13, y + 0.06), (0.15, y + 0.3), (0.06, y + 0.31)], tone.lighter(-0.05),
             pattern=knit, gloss=0.02)
    pen.clay([(-0.16, y - 0.04), (0.0, y + 0.015), (0.16, y - 0.04), (0.185, y + 0.03), (0.1, y + 0.085),
              (0.0, y + 0.1), (-0.1, y + 0.085), (-0.185, y + 0.03)], tone, pattern=knit, gloss=0.02)


def suit(pen: Pen, brief: Brief) -> None:
    """Paint a space suit."""
    white = Colour(0.92, 0.012, 240)
    fold = fbm((64, 40), (8, 5), 4, generator(9), 0.55)
    pen.body([(0.0, 0.2), (0.16, 0.22), (0.3, 0.30), (0.40, 0.42), (0.43, 0.64), (0.0, 0.66)], white, pattern=fold)
    pen.clay([(-0.13, 0.38), (0.13, 0.38), (0.13, 0.54), (-0.13, 0.54)], Colour(0.8, 0.012, 240), smooth=2)
    accent = brief.colours[0] if brief.colours else Colour(0.6, 0.19, 38)
    for index, tone in enumerate((accent, Colour(0.6, 0.16, 250), Colour(0.8, 0.16, 90))):
        pen.ball(-0.07 + index * 0.07, 0.43, 0.018, 0.018, tone, 0.5)
    pen.flat([(-0.09, 0.48), (0.09, 0.48), (0.09, 0.51), (-0.09, 0.51)], Colour(0.4, 0.06, 200), smooth=0)
    for side in (1, -1):
        pen.clay([(side * 0.235, 0.37), (side * 0.335, 0.40), (side * 0.325, 0.47), (side * 0.225, 0.45)], accent,
                 smooth=3)
        pen.line([(side * 0.13, 0.45), (side * 0.2, 0.52), (side * 0.25, 0.42), (side * 0.3, 0.34)], 0.025,
                 Colour(0.7, 0.015, 240))


def helmet_back(pen: Pen) -> None:
    """Paint what of a space helmet is behind the head."""
    white = Colour(0.93, 0.01, 240)
    pen.ball(0, -0.03, 0.285, 0.29, white, 0.3)
    pen.ball(0, -0.02, 0.228, 0.235, Colour(0.25, 0.03, 260), 0.0)
    for side in (1, -1):
        pen.ball(side * 0.272, 0.0, 0.035, 0.06, Colour(0.72, 0.015, 240), 0.3)


def helmet_glass(pen: Pen, brief: Brief) -> None:
    """Paint what of a space helmet is before the face."""
    radius = pen.size * 0.235
    pen.canvas.shadow(pen.x - radius * 0.3, pen.y - radius * 0.6, radius * 0.75, radius * 0.45, 0.32, (255, 255, 255))
    pen.flat([(-0.165, -0.14), (-0.12, -0.185), (-0.06, -0.215), (-0.075, -0.19), (-0.125, -0.15), (-0.155, -0.1)],
             WHITE, 0.75)
    pen.flat([(0.185, 0.06), (0.16, 0.115), (0.12, 0.155), (0.15, 0.105)], WHITE, 0.4)
    pen.canvas.shadow(pen.x + radius * 0.2, pen.y + radius * 0.75, radius * 0.8, radius * 0.3, 0.28,
                      brief.palette.accent.rgb())
    white = Colour(0.88, 0.012, 240)
    pen.clay([(-0.21, 0.19), (0.0, 0.255), (0.21, 0.19), (0.24, 0.25), (0.12, 0.31), (0.0, 0.325), (-0.12, 0.31),
              (-0.24, 0.25)], white, gloss=0.2)


def armour(pen: Pen) -> None:
    """Paint a breastplate."""
    steel = Colour(0.66, 0.012, 250)
    pen.body([(0.0, 0.19), (0.1, 0.2), (0.2, 0.28), (0.33, 0.36), (0.37, 0.64), (0.0, 0.66)], steel, gloss=0.5,
             depth=1.3)
    for side in (1, -1):
        for row in range(3):
            y = 0.3 + row * 0.07
            pen.clay([(side * (0.17 + row * 0.03), y), (side * (0.3 + row * 0.02), y - 0.01),
                      (side * (0.40 + row * 0.01), y + 0.09), (side * (0.38 + row * 0.01), y + 0.14),
                      (side * (0.24 + row * 0.02), y + 0.1)], steel.lighter(0.04), gloss=0.6, depth=1.3)
    pen.line([(0, 0.3), (0, 0.45), (0, 0.66)], 0.012, steel.lighter(0.15))


def helm(pen: Pen) -> None:
    """Put a helm with a plume on."""
    steel = Colour(0.7, 0.012, 250)
    pen.clay([(-0.19, 0.16), (-0.215, -0.02), (-0.205, -0.17), (-0.12, -0.285), (0, -0.315), (0.12, -0.285),
              (0.205, -0.17), (0.215, -0.02), (0.19, 0.16), (0.135, 0.2), (0.15, 0.08), (0.15, -0.075),
              (0.06, -0.095), (0.0, -0.075), (-0.06, -0.095), (-0.15, -0.075), (-0.15, 0.08), (-0.135, 0.2)], steel,
             gloss=0.6, depth=1.3, smooth=4)
    pen.clay([(-0.013, -0.315), (0.013, -0.315), (0.017, 0.045), (0.0, 0.065), (-0.017, 0.045)], steel.lighter(0.1),
             smooth=2, gloss=0.5)
    pen.clay([(0.0, -0.31), (0.03, -0.42), (0.14, -0.46), (0.25, -0.40), (0.27, -0.28), (0.19, -0.33), (0.1, -0.34)],
             Colour(0.52, 0.2, 25), gloss=0.05)


def robot(pen: Pen, brief: Brief) -> None:
    """Paint a robot."""
    metal = brief.colours[0] if brief.colours else Colour(0.82, 0.03, 235)
    joint = Colour(0.36, 0.02, 260)
    glow = brief.colours[1] if len(brief.colours) > 1 else Colour(0.85, 0.14, 200)
    pen.body([(0.0, 0.27), (0.2, 0.28), (0.33, 0.34), (0.36, 0.46), (0.35, 0.66), (0.0, 0.68)], metal, gloss=0.4)
    for side in (1, -1):
        pen.ball(side * 0.37, 0.43, 0.085, 0.09, metal.lighter(-0.05), 0.4)
    pen.clay([(-0.12, 0.42), (0.12, 0.42), (0.1, 0.58), (-0.1, 0.58)], joint, smooth=3)
    pen.ball(0, 0.49, 0.045, 0.045, glow, 0.5)
    pen.soft(0, 0.49, 0.13, 0.13, glow, 0.5)
    for row in range(4):
        pen.clay([(-0.07, 0.185 + row * 0.028), (0.07, 0.185 + row * 0.028), (0.07, 0.207 + row * 0.028),
                  (-0.07, 0.207 + row * 0.028)], joint.lighter(0.05 * (row % 2)), smooth=2)
    pen.line([(0, -0.25), (0, -0.3), (0, -0.35)], 0.014, joint)
    pen.ball(0, -0.365, 0.026, 0.026, glow, 0.6)
    for side in (1, -1):
        pen.ball(side * 0.235, -0.03, 0.04, 0.075, joint, 0.3)
    pen.body([(0.0, -0.265), (0.14, -0.255), (0.215, -0.19), (0.228, -0.03), (0.215, 0.1), (0.15, 0.178),
              (0.0, 0.19)], metal, gloss=0.45, round_=0.8)
    pen.clay([(-0.165, -0.13), (0.0, -0.15), (0.165, -0.13), (0.182, -0.03), (0.165, 0.06), (0.0, 0.078),
              (-0.165, 0.06), (-0.182, -0.03)], Colour(0.18, 0.03, 262), gloss=0.25)
    for side in (1, -1):
        pen.soft(side * 0.078, -0.04, 0.08, 0.08, glow, 0.6)
        pen.oval(side * 0.078, -0.04, 0.034, 0.038, glow.lighter(0.05))
        pen.oval(side * 0.078, -0.04, 0.019, 0.022, Colour(0.98, 0.03, 200))
    pen.stroke([(-0.05, 0.022), (0.0, 0.036), (0.05, 0.022)], 0.011, glow)
    pen.flat([(-0.15, -0.115), (-0.05, -0.132), (-0.11, 0.03), (-0.158, 0.0)], WHITE, 0.10)
    for index in range(5):
        pen.line([(-0.05 + index * 0.025, 0.115), (-0.05 + index * 0.025, 0.13), (-0.05 + index * 0.025, 0.145)],
                 0.01, joint)


def glasses(pen: Pen, brief: Brief) -> None:
    """Put glasses on."""
    dark = "sunglasses" in brief.prompt.lower()
    frame = Colour(0.22, 0.02, 40)
    for side in (1, -1):
        lens = [(side * x, y) for x, y in ((0.022, -0.045), (0.07, -0.056), (0.122, -0.044), (0.122, 0.0),
                                           (0.1, 0.032), (0.05, 0.032), (0.024, 0.006))]
        pen.flat(lens, Colour(0.2, 0.03, 260) if dark else Colour(0.95, 0.02, 230), 0.93 if dark else 0.16)
        pen.line([*lens, lens[0]], 0.011, frame)
        pen.line([(side * 0.122, -0.03), (side * 0.15, -0.036), (side * 0.18, -0.03)], 0.009, frame)
        if dark:
            pen.flat([(side * 0.07 - 0.03, -0.045), (side * 0.07 - 0.008, -0.048), (side * 0.07 - 0.03, 0.02),
                      (side * 0.07 - 0.042, 0.0)], WHITE, 0.25)
    pen.line([(-0.022, -0.03), (0, -0.036), (0.022, -0.03)], 0.009, frame)
