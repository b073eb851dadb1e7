"""What does the description (OpenAPI) say that cannot be read from the views?"""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from escalation.api.draft_body import Strict


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description names the token."""

    target_class = "escalation.api.authentication.TokenAuthentication"
    name = "token"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002
        """Return the scheme."""
        return {"type": "http", "scheme": "bearer", "description": "Made under Access tokens."}


def closed(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """This will say of every body that refuses unknown names that it does."""
    schemas = result["components"]["schemas"]
    for kind in _kinds(Strict):
        name = kind.__name__.removesuffix("Serializer")
        if name in schemas:
            schemas[name]["additionalProperties"] = False
    return result


def _kinds(kind: type) -> set[type]:
    return {kind}.union(*(_kinds(each) for each in kind.__subclasses__()))
