"""How does the catalog become ServiceNow's rows: people, groups, items, changes, old incidents."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from escalation.practice.servicenow.rules import INCIDENT_DEFAULTS, before_incident
from escalation.practice.servicenow.shipped import put_rows, sys_id_of
from escalation.practice.servicenow.tables import stamp
from escalation.practice.store import Store
from escalation.practice.world.catalog import CHANGE_STATES, Group, groups, table
from escalation.practice.world.people import PEOPLE
from escalation.practice.world.times import moment, told

_GROUPS: Final[dict[str, Group]] = groups()


def load_servicenow(store: Store, now: datetime) -> None:
    """Write the catalog and its history."""
    _put_people(store, now)
    _put_groups(store, now)
    _put_items(store, now)
    _put_services(store, now)
    _put_relations(store, now)
    for parts in table("changes"):
        _put_change(store, parts, now)
    for parts in table("incidents"):
        _put_incident(store, parts, now)


def user_id(key: str) -> str:
    """Give the sys_id of a person."""
    return sys_id_of("sys_user", key)


def item_id(name: str) -> str:
    """Give the sys_id of a configuration item, service or offering."""
    return sys_id_of("cmdb_ci", name)


def group_id(key: str) -> str:
    """Give the sys_id of a group."""
    return sys_id_of("sys_user_group", key)


def _put_people(store: Store, now: datetime) -> None:
    companies = dict.fromkeys(person.organisation for person in PEOPLE.values())
    rows = [{"sys_id": sys_id_of("core_company", name), "name": name} for name in companies]
    put_rows(store, "core_company", rows, now=now)
    put_rows(store, "sys_user", (_person(key) for key in PEOPLE), now=now)


def _person(key: str) -> Mapping[str, str]:
    person = PEOPLE[key]
    first, _, last = person.name.partition(" ")
    return {
        "sys_id": user_id(key),
        "user_name": person.email.partition("@")[0],
        "name": person.name,
        "first_name": first,
        "last_name": last,
        "email": person.email,
        "phone": person.phone,
        "title": person.title,
        "time_zone": person.zone,
        "preferred_language": person.locale[:2],
        "company": sys_id_of("core_company", person.organisation),
        "department": person.organisation,
        "vip": "true" if key == "vera" else "false",
    }


def _put_groups(store: Store, now: datetime) -> None:
    for group in _GROUPS.values():
        row = {
            "sys_id": group_id(group.key),
            "name": group.name,
            "description": group.description,
            "manager": user_id(group.manager),
            "email": f"{group.key}@it.halden.example",
            "active": "true",
        }
        put_rows(store, "sys_user_group", [row], now=now)
        members = [
            {
                "sys_id": sys_id_of("sys_user_grmember", f"{group.key}:{member}"),
                "user": user_id(member),
                "group": row["sys_id"],
            }
            for member in group.members
        ]
        put_rows(store, "sys_user_grmember", members, now=now)


def _put_items(store: Store, now: datetime) -> None:
    for item_class, name, description, fqdn, address, aliases, group in table("items"):
        row = {
            "sys_id": item_id(name),
            "name": name,
            "short_description": description,
            "fqdn": fqdn,
            "dns_domain": fqdn.partition(".")[2],
            "ip_address": address,
            "u_aliases": aliases,
            "environment": "Disaster recovery" if "(DR)" in name else "Production",
            **_owned(group),
        }
        put_rows(store, item_class, [row], now=now)


def _owned(group: str) -> dict[str, str]:
    return {
        "support_group": group_id(group),
        "assignment_group": group_id(group),
        "managed_by": user_id(_GROUPS[group].manager),
        "operational_status": "1",
        "install_status": "1",
    }


def _put_services(store: Store, now: datetime) -> None:
    for name, criticality, group, description in table("services"):
        row = {"sys_id": item_id(name), "name": name, "short_description": description}
        service = {**row, "busines_criticality": criticality, "used_for": "Production", **_owned(group)}
        put_rows(store, "cmdb_ci_service", [service], now=now)
    for name, service_name in table("offerings"):
        row = {
            "sys_id": item_id(name),
            "name": name,
            "parent": item_id(service_name),
            "operational_status": "1",
        }
        put_rows(store, "service_offering", [row], now=now)


def _put_relations(store: Store, now: datetime) -> None:
    rows = [
        {
            "sys_id": sys_id_of("cmdb_rel_ci", f"{above}|{below}"),
            "parent": item_id(above),
            "child": item_id(below),
            "type": "Depends on::Used by",
        }
        for above, below in table("relations")
    ]
    put_rows(store, "cmdb_rel_ci", rows, now=now)


def _put_change(store: Store, parts: list[str], now: datetime) -> None:
    number, title, state, begin, end, group, touched, done = parts
    begins, ends = moment(begin, now=now), moment(end, now=now)
    happened = begins <= now
    row = {
        "sys_id": sys_id_of("change_request", number),
        "number": number,
        "short_description": title,
        "description": done,
        "implementation_plan": done,
        "type": "normal",
        "state": CHANGE_STATES[state],
        "phase": "implement" if happened else "plan",
        "risk": "3",
        "impact": "3",
        "urgency": "3",
        "priority": "4",
        "active": "false" if state == "Closed" else "true",
        "start_date": stamp(begins),
        "end_date": stamp(ends),
        "work_start": stamp(begins) if happened else "",
        "work_end": stamp(ends) if ends <= now else "",
        "close_code": "successful" if state == "Closed" else "",
        "assignment_group": group_id(group),
        "assigned_to": user_id(_GROUPS[group].members[0]),
        "opened_by": user_id("nadia"),
        "opened_at": stamp(min(begins, now) - timedelta(days=9)),
        "cmdb_ci": item_id(touched.split(";")[0]),
    }
    put_rows(store, "change_request", [row], now=min(ends, now))
    links = [
        {
            "sys_id": sys_id_of("task_ci", f"{number}:{name}"),
            "task": row["sys_id"],
            "ci_item": item_id(name),
            "applied": "true" if happened else "false",
        }
        for name in touched.split(";")
    ]
    put_rows(store, "task_ci", links, now=min(ends, now))


def _put_incident(store: Store, parts: list[str], now: datetime) -> None:
    number, caller, opened, title, item, group, impact, urgency, notes = parts
    at = moment(opened, now=now)
    resolved = at + timedelta(hours=5)
    row: dict[str, Any] = {
        **INCIDENT_DEFAULTS,
        "sys_id": sys_id_of("incident", number),
        "number": number,
        "short_description": title,
        "description": told(title, now=now),
        "caller_id": user_id(caller),
        "cmdb_ci": item_id(item),
        "assignment_group": group_id(group),
        "assigned_to": user_id(_GROUPS[group].members[0]),
        "impact": impact,
        "urgency": urgency,
        "category": "network" if group == "net" else "software",
        "contact_type": "email",
        "opened_at": stamp(at),
        "opened_by": user_id("ravi"),
        "sys_updated_on": stamp(resolved if notes else at),
        "state": "7" if notes else "2",
        "close_code": "Solution provided" if notes else "",
        "close_notes": notes,
        "_actor": user_id(_GROUPS[group].members[0]),
    }
    before_incident(None, row, comment_by_caller=False)
    del row["_actor"]
    if notes:
        row |= {"resolved_at": stamp(resolved), "resolved_by": row["closed_by"]}
    turns = _turns(number, group)
    row["reassignment_count"] = str(len(turns) - 1)
    put_rows(store, "incident", [row], now=at)
    audit = [
        {
            "sys_id": sys_id_of("sys_audit", f"{number}:{place}"),
            "tablename": "incident",
            "fieldname": "assignment_group",
            "documentkey": row["sys_id"],
            "oldvalue": group_id(had),
            "newvalue": group_id(has),
            "sys_created_on": stamp(at + timedelta(minutes=40 * (place + 1))),
        }
        for place, (had, has) in enumerate(pairwise(turns))
    ]
    put_rows(store, "sys_audit", audit, now=at)


def _turns(number: str, group: str) -> tuple[str, ...]:
    """Who had the incident in turn, ending with the group that solved it; by its number, always the same."""
    other = "net" if group != "net" else "api"
    ways = ((group,), (other, group), (group, other, group), (group,))
    return ways[int(number[-1]) % len(ways)]
