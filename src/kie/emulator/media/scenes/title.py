"""Words over a finished picture: a headline, a caption."""

from PIL import Image, ImageFilter

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas
from kie.emulator.media.lettering import block
from kie.emulator.media.palette import RGB, Colour


def lay(canvas: Canvas, brief: Brief) -> None:
    """Write what the prompt wants to be read: a poster's headline above, any other words below."""
    if not brief.texts or brief.scene == "graphic" or (brief.scene, brief.thing) == ("product", "book"):
        return
    high = "poster" in brief.features
    wide, tall = round(canvas.width * 0.84), round(canvas.height * (0.24 if high else 0.15))
    first = block(brief.texts[0], wide, tall, 0.035)
    if first is None:
        return
    y = round(canvas.height * 0.07) if high else round(canvas.height * 0.93) - first.height
    write(canvas, first, (canvas.width - first.width) // 2, y, (255, 255, 255))
    at = y + first.height + round(canvas.height * 0.03)
    for text in brief.texts[1:] if high else []:
        more = block(text, round(canvas.width * 0.6), round(canvas.height * 0.06), 0.02)
        if more is not None:
            tone = brief.palette.glow.mix(Colour(0.98, 0.02, 90), 0.5).rgb()
            write(canvas, more, (canvas.width - more.width) // 2, at, tone)
            at += more.height + round(canvas.height * 0.02)


def write(canvas: Canvas, mask: Image.Image, x: int, y: int, colour: RGB, shadow: float = 0.6) -> None:
    """Paint a mask of letters with a soft shadow that parts it from any ground."""
    pad = max(4, canvas.unit // 40)
    under = Image.new("L", (mask.width + 2 * pad, mask.height + 2 * pad))
    under.paste(mask, (pad, pad))
    soft = under.filter(ImageFilter.BoxBlur(pad / 2.2)).filter(ImageFilter.BoxBlur(pad / 3))
    soft = soft.point([min(255, round(value * 2.4 * shadow)) for value in range(256)])
    canvas.image.paste((12, 10, 24), (x - pad, y - pad + pad // 5), soft)
    canvas.image.paste(colour, (x, y), mask)
