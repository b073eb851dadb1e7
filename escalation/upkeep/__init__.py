"""Owning the translation: publish and roll back rules and templates."""
