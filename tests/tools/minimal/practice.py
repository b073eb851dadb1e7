"""A stand-in for Minimal: tickets that can be created and found, two teams, one person. Nothing is posted."""

from flask import jsonify, request

from escalation.practice.kinds import ToolKind, new_flask

USER, PASSWORD = "baton", "practice"
FIELDS = ("title", "text", "team", "reference")


def create(surroundings):
    flask = new_flask("practice_minimal")
    store = surroundings.store

    @flask.before_request
    def let_in():
        given = request.authorization
        known = given is not None and (given.username, given.password) == (USER, PASSWORD)
        return None if known or request.path.startswith("/practice/") else (jsonify(refusal(401)), 401)

    @flask.post("/api/tickets")
    def new_ticket():
        sent = request.get_json()
        if not sent.get("title"):
            return jsonify({"error": "A ticket needs a title."}), 422
        number = store.next_number("ticket", first=1)
        ticket = {"id": number, "state": "new", **{name: sent.get(name) for name in FIELDS}}
        store.put("ticket", number, ticket)
        return jsonify(ticket), 201

    @flask.get("/api/tickets")
    def tickets():
        wanted = request.args["reference"]
        return jsonify({"tickets": [each for each in store.all("ticket") if each["reference"] == wanted]})

    @flask.get("/api/teams")
    def teams():
        return jsonify({"teams": store.all("team")})

    @flask.get("/api/people")
    def people():
        wanted = request.args["email"]
        return jsonify({"people": [each for each in store.all("person") if each["email"] == wanted]})

    return flask


def install(store, _now):
    for number, name in enumerate(("Gateways", "Databases"), start=1):
        store.put("team", number, {"id": number, "name": name})
    store.put("person", 1, {"id": 1, "email": "rosa.lind@example.com"})


def refusal(status):
    return {"error": f"Refused with {status}."}


MINIMAL = ToolKind(name="minimal", create=create, install=install, refusal=refusal)
