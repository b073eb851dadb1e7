"""How does text from outside fit into a row? Pure.

PostgreSQL holds no NUL character and UTF-8 no lone surrogate, yet JSON can spell both. They are taken
out; nothing else is changed, for this is what people wrote.
"""

import hashlib


def clean(text: str, *, longest: int | None = None) -> str:
    """This will return the text as a database can hold it, cut to ``longest`` characters."""
    held = text.replace("\x00", "").encode("utf-8", "replace").decode()
    if longest is None or len(held) <= longest:
        return held
    return held[: longest - 1] + "…"


def clean_key(key: str, *, longest: int = 255) -> str:
    """This will return a key that a row can hold; a long one keeps its meaning by its SHA-256."""
    held = clean(key)
    return held if len(held) <= longest else hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
