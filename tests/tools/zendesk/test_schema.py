"""What a tenant's fields offer is read as it is, and what may not be read is not taken for gone."""

import pytest

from escalation.tools.zendesk import lists, schema
from escalation.transport.errors import Unavailable


def named(door):
    return {each.name: each for each in schema.fields(door)}


def test_a_tenant_as_it_is_delivered_has_every_field_that_we_fill_and_every_value_that_we_send(zendesk_door):
    found = named(zendesk_door)

    assert set(schema.filled()) <= set(found)
    for name, values in schema.sent().items():
        assert values <= set(found[name].choices)
    assert not any(each.required for each in found.values())


def test_groups_brands_and_forms_are_offered_by_number_with_their_names(zendesk, zendesk_door):
    group = next(one for one in zendesk.tool.store.all("group") if not one.get("deleted"))

    found = named(zendesk_door)

    assert found["group_id"].choices[str(group["id"])] == group["name"]
    assert list(found["brand_id"].choices.values()) == ["Halden"]
    assert list(found["ticket_form_id"].choices.values()) == ["Default form"]


def test_what_is_deleted_or_switched_off_is_not_offered(zendesk, zendesk_door):
    store = zendesk.tool.store
    group = next(one for one in store.all("group") if not one.get("deleted"))
    store.put("group", group["id"], {**group, "deleted": True})
    store.put("ticket_field", 360, {"id": 360, "type": "tagger", "title": "Topic", "active": False})

    found = named(zendesk_door)

    assert str(group["id"]) not in found["group_id"].choices
    assert "360" not in found


def test_a_drop_down_of_the_tenants_own_has_its_tags_and_names(zendesk, zendesk_door):
    options = [{"name": "Remote access", "value": "vpn"}]
    field = {"id": 360, "type": "tagger", "title": "Topic", "active": True, "custom_field_options": options}
    zendesk.tool.store.put("ticket_field", 360, field)

    topic = named(zendesk_door)["360"]

    assert (topic.label, topic.choices) == ("Topic", {"vpn": "Remote access"})


def test_a_list_that_the_plan_does_not_have_leaves_its_values_open(zendesk, zendesk_door):
    zendesk.fault(path="/api/v2/ticket_forms", status=404)
    zendesk.fault(path="/api/v2/brands", status=403)

    found = named(zendesk_door)

    assert (found["ticket_form_id"].choices, found["brand_id"].choices) == (None, None)


def test_all_pages_are_read(zendesk, zendesk_door, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 2)

    assert set(schema.filled()) <= set(named(zendesk_door))


def test_an_answer_that_is_no_list_is_not_a_tenant_without_fields(zendesk, zendesk_door):
    zendesk.fault(path="/api/v2/ticket_fields", html=True, times=2)

    with pytest.raises(Unavailable):
        schema.fields(zendesk_door)
