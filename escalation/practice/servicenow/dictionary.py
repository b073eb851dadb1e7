"""Which tables and fields does this instance know: the base tables, and how they are read back from
sys_dictionary.

The rows of `sys_dictionary` are the truth, as in the real thing: adding a row adds a field, removing one
drifts. A row belongs to the table that defines the field, so most fields of an incident stand under `task`.
Lengths are the defaults of the base system (short_description 160, correlation_id 100, description 4000).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from escalation.practice.store import Document, Store

# table -> (label, table it extends)
TABLES: Final[dict[str, tuple[str, str]]] = {
    "task": ("Task", ""),
    "incident": ("Incident", "task"),
    "change_request": ("Change Request", "task"),
    "problem": ("Problem", "task"),
    "cmdb_ci": ("Configuration Item", ""),
    "cmdb_ci_service": ("Service", "cmdb_ci"),
    "service_offering": ("Service Offering", "cmdb_ci_service"),
    "cmdb_ci_appl": ("Application", "cmdb_ci"),
    "cmdb_ci_api": ("API", "cmdb_ci"),
    "cmdb_ci_server": ("Server", "cmdb_ci"),
    "cmdb_ci_db_instance": ("Database Instance", "cmdb_ci"),
    "cmdb_ci_lb": ("Load Balancer", "cmdb_ci"),
    "cmdb_ci_netgear": ("Network Gear", "cmdb_ci"),
    "cmdb_ci_printer": ("Printer", "cmdb_ci"),
    "cmdb_ci_storage_device": ("Storage Device", "cmdb_ci"),
    "sys_user": ("User", ""),
    "sys_user_group": ("Group", ""),
    "sys_user_grmember": ("Group Member", ""),
    "task_ci": ("Affected CI", ""),
    "cmdb_rel_ci": ("CI Relationship", ""),
    "sys_choice": ("Choice", ""),
    "sys_dictionary": ("Dictionary Entry", ""),
    "sys_journal_field": ("Journal Entry", ""),
    "sys_audit": ("Audit", ""),
    "sys_attachment": ("Attachment", ""),
    "sys_properties": ("System Property", ""),
    "core_company": ("Company", ""),
    "cmn_location": ("Location", ""),
}

_SYSTEM: Final = (
    "sys_id:GUID:32 sys_class_name:string:80 sys_created_on:glide_date_time:40 sys_created_by:string:40 "
    "sys_updated_on:glide_date_time:40 sys_updated_by:string:40 sys_mod_count:integer:40"
)
_READ_ONLY: Final = frozenset(
    [
        "priority",
        "sys_id",
        "sys_class_name",
        "sys_created_on",
        "sys_created_by",
        "sys_updated_on",
        "sys_updated_by",
        "sys_mod_count",
    ]
)
# Written as `element:type:length` and `element:reference:table`; every table also has the system fields.
_FIELDS: Final[dict[str, str]] = {
    "task": """
        number:string:40 short_description:string:160 description:string:4000 active:boolean:40
        state:integer:40 impact:integer:40 urgency:integer:40 priority:integer:40
        opened_at:glide_date_time:40 opened_by:reference:sys_user closed_at:glide_date_time:40
        closed_by:reference:sys_user assignment_group:reference:sys_user_group assigned_to:reference:sys_user
        cmdb_ci:reference:cmdb_ci business_service:reference:cmdb_ci_service
        service_offering:reference:service_offering contact_type:string:40 correlation_id:string:100
        correlation_display:string:100 parent:reference:task company:reference:core_company
        location:reference:cmn_location watch_list:glide_list:4000 reassignment_count:integer:40
        work_start:glide_date_time:40 work_end:glide_date_time:40
        made_sla:boolean:40 due_date:glide_date_time:40 close_notes:string:4000 work_notes:journal_input:4000
        comments:journal_input:4000 comments_and_work_notes:journal_list:4000 """,
    "incident": """
        caller_id:reference:sys_user category:string:40 subcategory:string:40 incident_state:integer:40
        hold_reason:integer:40 close_code:string:40 resolved_at:glide_date_time:40
        resolved_by:reference:sys_user severity:integer:40 parent_incident:reference:incident
        problem_id:reference:problem rfc:reference:change_request caused_by:reference:change_request
        reopen_count:integer:40 """,
    "change_request": """
        type:string:40 category:string:40 start_date:glide_date_time:40 end_date:glide_date_time:40
        risk:integer:40 justification:string:4000
        implementation_plan:string:4000 backout_plan:string:4000 close_code:string:40 phase:string:40
    """,
    "problem": "cause_notes:string:4000 fix_notes:string:4000 workaround:string:4000",
    "cmdb_ci": """
        name:string:255 short_description:string:1000 fqdn:string:255 dns_domain:string:255
        ip_address:string:255
        category:string:40 subcategory:string:40 environment:string:40 operational_status:integer:40
        install_status:integer:40 support_group:reference:sys_user_group
        assignment_group:reference:sys_user_group
        managed_by:reference:sys_user owned_by:reference:sys_user location:reference:cmn_location
        company:reference:core_company asset_tag:string:40 serial_number:string:255 u_aliases:string:1000
        version:string:40
    """,
    "cmdb_ci_service": "busines_criticality:string:40 used_for:string:40 service_classification:string:40",
    "service_offering": "parent:reference:cmdb_ci_service",
    "sys_user": """
        user_name:string:40 name:string:151 first_name:string:50 last_name:string:50 email:string:100
        phone:string:40 mobile_phone:string:40 title:string:60 time_zone:string:40 preferred_language:string:3
        department:string:100 company:reference:core_company location:reference:cmn_location vip:boolean:40
        active:boolean:40
    """,
    "sys_user_group": """
        name:string:80 description:string:1000 manager:reference:sys_user email:string:100 active:boolean:40
        type:string:1024
    """,
    "sys_user_grmember": "user:reference:sys_user group:reference:sys_user_group",
    "task_ci": "task:reference:task ci_item:reference:cmdb_ci applied:boolean:40",
    "cmdb_rel_ci": "parent:reference:cmdb_ci child:reference:cmdb_ci type:string:100",
    "sys_choice": """
        name:string:80 element:string:80 value:string:60 label:string:100 sequence:integer:40
        language:string:2
        inactive:boolean:40 dependent_value:string:60
    """,
    "sys_dictionary": """
        name:string:80 element:string:80 column_label:string:80 internal_type:string:40 max_length:integer:40
        reference:string:80 mandatory:boolean:40 read_only:boolean:40 active:boolean:40
    """,
    "sys_audit": """
        tablename:string:80 fieldname:string:80 documentkey:string:32 oldvalue:string:4000
        newvalue:string:4000 user:string:40
    """,
    "sys_journal_field": "name:string:80 element:string:80 element_id:string:32 value:string:4000",
    "sys_attachment": """
        table_name:string:80 table_sys_id:string:32 file_name:string:100 content_type:string:255
        size_bytes:integer:40 hash:string:64
    """,
    "sys_properties": "name:string:100 value:string:4000 description:string:512",
    "core_company": "name:string:80",
    "cmn_location": "name:string:100 time_zone:string:40",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One column. `kind` is the vendor's internal type; `reference` the table it points to, or ""."""

    element: str
    kind: str
    length: int
    reference: str

    @property
    def is_journal(self) -> bool:
        """Say whether this is an input that the Table API never gives back raw."""
        return self.kind.startswith("journal")


def base_rows() -> Iterator[dict[str, str]]:
    """Give the sys_dictionary rows of the base system, without system fields of their own."""
    for table in TABLES:
        inherited = bool(TABLES[table][1])
        for written in ("" if inherited else _SYSTEM).split() + _FIELDS.get(table, "").split():
            element, kind, rest = written.split(":")
            reference = rest if kind == "reference" else ""
            yield {
                "name": table,
                "element": element,
                "column_label": element.removeprefix("u_").replace("_", " ").capitalize(),
                "internal_type": kind,
                "max_length": "32" if reference else rest,
                "reference": reference,
                "mandatory": "false",
                "read_only": "true" if element in _READ_ONLY else "false",
                "active": "true",
            }


def ancestry(table: str) -> tuple[str, ...]:
    """Give the table and the tables it extends, nearest first."""
    chain = [table]
    while parent := TABLES[chain[-1]][1]:
        chain.append(parent)
    return tuple(chain)


def fields_of(store: Store, table: str) -> dict[str, Field]:
    """Give the columns of a table, inherited ones included, as sys_dictionary has them now."""
    chain = ancestry(table)
    fields: dict[str, Field] = {}
    for row in store.all("sys_dictionary"):
        if row["name"] in chain and row["active"] == "true":
            fields[row["element"]] = _field(row)
    return fields


def _field(row: Document) -> Field:
    return Field(
        element=row["element"],
        kind=row["internal_type"],
        length=int(row["max_length"]),
        reference=row["reference"],
    )
