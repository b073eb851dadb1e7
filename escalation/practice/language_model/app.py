"""How is the practice language model put together: the two addresses that Baton calls, and its refusals.

It speaks OpenAI's chat completions. Which model is named decides how well it behaves: `practice-drafter`
answers by simple rules, the others each misbehave in one way.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.credentials import LANGUAGE_MODEL_KEY
from escalation.practice.kinds import Surroundings, ToolKind, new_flask
from escalation.practice.language_model.answering import answer
from escalation.practice.language_model.misbehaving import MISBEHAVING
from escalation.practice.store import Store

DRAFTER: Final = "practice-drafter"


def create(_surroundings: Surroundings) -> Flask:
    """Make the application."""
    flask = new_flask("practice_language_model")

    @flask.get("/v1/models")
    def models() -> ResponseReturnValue:
        if not _known():
            return jsonify(refusal(401)), 401
        rows = [{"id": name, "object": "model"} for name in (DRAFTER, *MISBEHAVING)]
        return jsonify({"object": "list", "data": rows})

    @flask.post("/v1/chat/completions")
    def complete() -> ResponseReturnValue:
        if not _known():
            return jsonify(refusal(401)), 401
        asked = request.get_json(silent=True) or {}
        model = asked.get("model")
        if model != DRAFTER and model not in MISBEHAVING:
            return jsonify(refusal(404)), 404
        schema = asked["response_format"]["json_schema"]
        given = json.loads(asked["messages"][-1]["content"])
        content = answer(schema["name"], given)
        text = MISBEHAVING[model](content, given) if model in MISBEHAVING else json.dumps(content)
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        return jsonify({"object": "chat.completion", "model": model, "choices": [choice]})

    return flask


def _known() -> bool:
    given = request.authorization
    return given is not None and given.type == "bearer" and given.token == LANGUAGE_MODEL_KEY


def install(_store: Store, _now: datetime) -> None:
    """Bring nothing: it remembers nothing."""


def refusal(status: int) -> Mapping[str, Any]:
    """Give the body of a refused call, as OpenAI's reference has it."""
    kinds = {401: "invalid_api_key", 404: "model_not_found", 429: "rate_limit_exceeded"}
    return {"error": {"message": "Refused.", "type": "invalid_request_error", "code": kinds.get(status)}}


LANGUAGE_MODEL: Final = ToolKind(name="language_model", create=create, install=install, refusal=refusal)
