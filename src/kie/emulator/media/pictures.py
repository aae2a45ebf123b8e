"""Pictures as files and as numbers: opened, fitted, sharpened, written with the mark in their metadata."""

import io

import numpy as np
from PIL import Image, ImageFilter, ImageOps, PngImagePlugin

from kie.emulator.media.marks import MARK


def opened(data: bytes) -> Image.Image | None:
    """Return an image file as RGB (or RGBA if it has transparency), upright; nothing if it is no image."""
    try:
        with Image.open(io.BytesIO(data)) as file:
            file.draft("RGB", (4096, 4096))
            upright = ImageOps.exif_transpose(file)
            clear = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
            return upright.convert("RGBA" if clear else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def comment_of(data: bytes) -> str:
    """Return the comment that `encode` put into a file; empty if there is none."""
    try:
        with Image.open(io.BytesIO(data)) as file:
            if isinstance(file.info.get("Comment"), str):
                return str(file.info["Comment"])
            kept = file.getexif().get_ifd(0x8769).get(0x9286, b"")
            return kept[8:].decode("utf-16-be", "replace") if isinstance(kept, bytes) else ""
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""


def cover(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Return the picture scaled and cropped in the middle to fill a size, on white if it is transparent."""
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, (255, 255, 255))
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    if picture.size == (width, height):
        return picture
    return ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS)


def encode(picture: Image.Image, form: str, comment: str) -> bytes:
    """Return an image file with the comment in its metadata.

    Args:
        picture: RGB or RGBA; JPEG loses the transparency.
        form: png, jpeg or webp.
        comment: The comment: iTXt `Comment` of PNG, EXIF `ImageDescription` and the comment segment of JPEG,
            EXIF of WebP.
    """
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = comment.encode("ascii", "replace").decode()
    exif[0x0131] = MARK
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + comment.encode("utf-16-be")
    if form == "jpeg":
        picture = cover(picture, *picture.size)
        picture.save(file, "JPEG", quality=90, exif=exif.tobytes(), comment=comment.encode())
    elif form == "webp":
        picture.save(file, "WEBP", quality=86, method=0, exif=exif.tobytes())
    else:
        info = PngImagePlugin.PngInfo()
        info.add_itxt("Comment", comment)
        info.add_itxt("Software", MARK)
        picture.save(file, "PNG", compress_level=1, pnginfo=info)
    return file.getvalue()


def sharpened(picture: Image.Image, amount: int = 60, radius: float = 1.2) -> Image.Image:
    """Return the picture with its edges sharpened a little."""
    return picture.filter(ImageFilter.UnsharpMask(radius, amount, 2))


def array(picture: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return the picture as numbers 0-255."""
    return np.asarray(picture.convert("RGB"), dtype=np.float32)
