"""What does the description (OpenAPI) say that cannot be read from the views?"""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description names the token."""

    target_class = "escalation.api.authentication.TokenAuthentication"
    name = "token"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002
        """Return the scheme."""
        return {"type": "http", "scheme": "bearer", "description": "Made under Access tokens."}
