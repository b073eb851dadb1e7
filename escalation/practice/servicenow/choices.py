"""What may a choice field hold, and how is each value shown: the sys_choice rows of the base system.

Values and labels as the vendor ships them; an owner may change the rows through the Table API, as customers
do.
"""

from collections.abc import Iterator
from typing import Final

# table, element -> value=label, in order
_CHOICES: Final[dict[tuple[str, str], str]] = {
    ("incident", "state"): "1=New|2=In Progress|3=On Hold|6=Resolved|7=Closed|8=Canceled",
    ("incident", "incident_state"): "1=New|2=In Progress|3=On Hold|6=Resolved|7=Closed|8=Canceled",
    ("incident", "hold_reason"): "1=Awaiting Caller|5=Awaiting Change|3=Awaiting Problem|4=Awaiting Vendor",
    ("task", "impact"): "1=1 - High|2=2 - Medium|3=3 - Low",
    ("task", "urgency"): "1=1 - High|2=2 - Medium|3=3 - Low",
    ("task", "priority"): "1=1 - Critical|2=2 - High|3=3 - Moderate|4=4 - Low|5=5 - Planning",
    ("incident", "severity"): "1=1 - High|2=2 - Medium|3=3 - Low",
    ("incident", "category"): """
        inquiry=Inquiry / Help|software=Software|hardware=Hardware|network=Network|database=Database
    """,
    ("incident", "close_code"): """
        Solution provided=Solution provided|Workaround provided=Workaround provided|
        Resolved by caller=Resolved by caller|Resolved by change=Resolved by change|
        Resolved by problem=Resolved by problem|Resolved by request=Resolved by request|
        No resolution provided=No resolution provided|Duplicate=Duplicate|Known error=Known error|
        User error=User error
    """,
    ("task", "contact_type"): """
        chat=Chat|email=Email|monitoring=Monitoring|phone=Phone|self-service=Self-service|
        virtual_agent=Virtual Agent|walk-in=Walk-in
    """,
    ("change_request", "state"): """
        -5=New|-4=Assess|-3=Authorize|-2=Scheduled|-1=Implement|0=Review|3=Closed|4=Canceled
    """,
    ("change_request", "type"): "normal=Normal|standard=Standard|emergency=Emergency",
    ("change_request", "risk"): "2=High|3=Moderate|4=Low",
    ("change_request", "close_code"): """
        successful=Successful|successful_issues=Successful with issues|unsuccessful=Unsuccessful
    """,
    ("cmdb_ci", "operational_status"): """
        1=Operational|2=Non-Operational|3=Repair in Progress|4=DR Standby|6=Retired
    """,
    ("cmdb_ci", "install_status"): "1=Installed|3=In Maintenance|7=Retired",
    ("cmdb_ci_service", "busines_criticality"): """
        1 - most critical=1 - most critical|2 - somewhat critical=2 - somewhat critical|
        3 - less critical=3 - less critical|4 - not critical=4 - not critical
    """,
}
# subcategory depends on category
_SUBCATEGORIES: Final[dict[str, str]] = {
    "software": "email=Email|os=Operating System|internal application=Internal Application",
    "hardware": "cpu=CPU|disk=Disk|keyboard=Keyboard|memory=Memory|monitor=Monitor|mouse=Mouse",
    "network": "dhcp=DHCP|dns=DNS|ip address=IP Address|vpn=VPN|wireless=Wireless",
    "database": "db2=DB2|sql server=MS SQL Server|oracle=Oracle",
    "inquiry": "antivirus=Antivirus|email=Email|internal application=Internal Application",
}


def base_rows() -> Iterator[dict[str, str]]:
    """Give the sys_choice rows of the base system, without system fields."""
    for (table, element), written in _CHOICES.items():
        yield from _rows(table, element, written, "")
    for category, written in _SUBCATEGORIES.items():
        yield from _rows("incident", "subcategory", written, category)


def _rows(table: str, element: str, written: str, dependent_value: str) -> Iterator[dict[str, str]]:
    for place, pair in enumerate(written.split("|")):
        value, label = pair.strip().split("=")
        yield {
            "name": table,
            "element": element,
            "value": value,
            "label": label,
            "sequence": str(place),
            "language": "en",
            "inactive": "false",
            "dependent_value": dependent_value,
        }
