"""What is an uploaded file, by its content, and what of it is kept?

Images are decoded and written anew, so that nothing but the picture is left; recordings and texts lose their
secrets. Everything else is refused with a sentence: nobody opens a file of a kind that nobody looked into.
"""

import io
import warnings
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from escalation.extraction.har import NotHar, Recording, looks_like_har, read_har
from escalation.extraction.log_text import BadLine, bad_lines
from escalation.guard.json_text import cleaned_json
from escalation.guard.redaction import redact
from escalation.guard.secrets import secrets

FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
MOST_PIXELS: Final = 40_000_000
ENDINGS: Final = frozenset({".txt", ".log", ".har", ".json", ".csv", ".xml", ".html"})
LONGEST_TEXT: Final = 2_000_000  # bytes; looking for secrets in more would hold up the page
THUMBNAIL: Final = (240, 180)
HAR: Final = "application/har+json"
TEXT: Final = "text/plain; charset=utf-8"


class NotTaken(Exception):
    """The file is not kept; the text says why and what to do instead."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """A file after it was looked into: what is kept, and what it tells."""

    name: str
    content_type: str
    body: bytes
    stripped: str = ""
    recording: Recording | None = None
    lines: tuple[BadLine, ...] = ()


def look_into(*, name: str, body: bytes) -> Looked:
    """This will find out what the file is and clean it; raises ``NotTaken``."""
    name = _clean(name)  # people name a file after what is in it
    if not body:
        raise NotTaken(f"“{name}” is empty; nothing was kept.")
    image = _image(name, body)
    if image is not None:
        return image
    if looks_like_har(body):
        return _har(name, body)
    return _text(name, body)


def _clean(name: str) -> str:
    found = secrets(name)
    clean = redact(name, spans=found)
    # The ending may have gone with the secret; it tells whoever saves the file what opens it.
    ending = PurePath(name).suffix.lower()
    return clean if not found or ending not in ENDINGS or clean.endswith(ending) else clean + ending


def thumbnail(body: bytes) -> bytes:
    """This will return a small PNG of a kept image."""
    with Image.open(io.BytesIO(body), formats=FORMATS) as image:
        image.thumbnail(THUMBNAIL)
        return _written(image.convert("RGBA"), "PNG")


def _image(name: str, body: bytes) -> Looked | None:
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that would fill the memory.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise NotTaken(f"“{name}” has more than 40 million pixels. Cut it to what matters.")
                photo = image.format == "JPEG"
                upright = ImageOps.exif_transpose(image)
                kept = _written(upright.convert("RGB" if photo else "RGBA"), "JPEG" if photo else "PNG")
    except UnidentifiedImageError:
        return None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombWarning) as error:
        raise NotTaken(f"“{name}” begins like a picture and cannot be read as one. Take it again.") from error
    ending, kind = (".jpg", "image/jpeg") if photo else (".png", "image/png")
    return Looked(
        name=f"{PurePath(name).stem or 'picture'}{ending}",
        content_type=kind,
        body=kept,
        stripped="everything but the picture: place, device and time it was taken",
    )


def _written(image: Image.Image, kind: str) -> bytes:
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, kind, quality=88) if kind == "JPEG" else bare.save(out, kind)
    return out.getvalue()


def _har(name: str, body: bytes) -> Looked:
    try:
        found = read_har(body)
    except NotHar as error:
        raise NotTaken(f"“{name}” looks like a browser's recording, but {error}. Record it again.") from error
    return Looked(name=name, content_type=HAR, body=found.clean, stripped=found.stripped, recording=found)


def _text(name: str, body: bytes) -> Looked:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _two_bytes(name, body)
    if "\x00" in text:
        raise _unknown(name)
    if len(body) > LONGEST_TEXT:
        raise NotTaken(f"“{name}” has {len(body) / 1e6:.1f} MB. Cut the log to the part around the problem.")
    text, escaped = cleaned_json(text)
    found = secrets(text)
    clean = redact(text, spans=found)
    kinds = ", ".join(dict.fromkeys((*escaped, *(each.kind for each in found))))
    return Looked(
        name=name,
        content_type=TEXT,
        body=clean.encode(),
        stripped=f"{len(escaped) + len(found)} private: {kinds}"[:255] if kinds else "",
        lines=bad_lines(clean),
    )


def _two_bytes(name: str, body: bytes) -> str:
    """What Windows' tools write a log as; anything else is no text."""
    if not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unknown(name)
    try:
        return body.decode("utf-16")
    except UnicodeDecodeError as error:
        raise _unknown(name) from error


def _unknown(name: str) -> NotTaken:
    return NotTaken(
        f"“{name}” is neither a picture, a text nor a browser's recording (HAR). Add a screenshot of it, or "
        "say where it lies."
    )
