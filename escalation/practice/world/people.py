"""Who lives in the practice world: employees who call, the service desk, and the teams behind it."""

from dataclasses import dataclass
from typing import Final

# key | name | organisation | IANA zone | locale | title | phone
_CALLERS: Final = """
priya|Priya Raman|Halden Finance|America/New_York|en-US|Finance Team Lead|+1 617 555 0142
marcus|Marcus Bell|Halden Finance|America/New_York|en-US|Payroll Manager|+1 617 555 0119
dana|Dana Whitfield|Halden Finance|America/Chicago|en-US|Financial Analyst|
heike|Heike Brandt|Halden Werke GmbH|Europe/Berlin|de|Konstruktionsleiterin|+49 711 555 2210
torsten|Torsten Kühn|Halden Werke GmbH|Europe/Berlin|de|Schichtleiter Versand|+49 711 555 2244
camille|Camille Rousseau|Halden France SAS|Europe/Paris|fr|Responsable achats|+33 1 55 55 01 20
julien|Julien Moreau|Halden France SAS|Europe/Paris|fr|Chargé de recrutement|
lucia|Lucía Fernández|Halden Ibérica|Europe/Madrid|es|Jefa de almacén|+34 976 555 018
diego|Diego Romero|Halden Ibérica|Europe/Madrid|es|Comercial|
kenji|佐藤 健二|Halden Japan KK|Asia/Tokyo|ja|営業部 主任|+81 3 5555 0173
yuki|田中 由紀|Halden Japan KK|Asia/Tokyo|ja|経理|
olivia|Olivia Grant|Halden Retail UK|Europe/London|en-GB|E-commerce Trading Manager|+44 113 555 0150
tom|Tom Ashworth|Halden Retail UK|Europe/London|en-GB|Store Manager, Leeds|
ranjit|Ranjit Singh|Halden Retail UK|Europe/London|en-GB|Buyer|
ingrid|Ingrid Solberg|Halden Logistics|Europe/Oslo|en-GB|Fleet Planner|+47 22 55 50 31
pieter|Pieter van Dijk|Halden Logistics|Europe/Amsterdam|en-GB|Transport Coordinator|
noah|Noah Levin|Halden Labs|America/Los_Angeles|en-US|Senior Engineer|
grace|Grace Liu|Halden Labs|Australia/Sydney|en-AU|Data Scientist|
vera|Vera Antonova|Halden Group HQ|Europe/London|en-GB|Chief Financial Officer|+44 20 5555 0101
samuel|Samuel Osei|Halden Group HQ|Africa/Accra|en-GB|Internal Auditor|
"""
_AGENTS: Final = """
amara|Amara Okafor|Halden Service Desk|Europe/London|en-GB|Service Desk Analyst|+44 20 5555 0170
jonas|Jonas Weber|Halden Service Desk|Europe/Berlin|de|Service Desk Analyst|
elena|Elena Petrova|Halden Service Desk|Europe/Sofia|en-GB|Service Desk Analyst|
ravi|Ravi Menon|Halden Service Desk|Asia/Kolkata|en-GB|Service Desk Team Lead|
"""
# These have no account in Zendesk.
_ENGINEERS: Final = """
mei|Mei Tanaka|Halden Technology|America/New_York|en-US|API Platform Engineer|
oscar|Oscar Lindqvist|Halden Technology|Europe/Stockholm|en-GB|Network Engineer|
fatima|Fatima Zahra|Halden Technology|Europe/Paris|en-GB|Identity Engineer|
stefan|Stefan Vogel|Halden Technology|Europe/Berlin|de|Database Administrator|
carla|Carla Mendes|Halden Technology|Europe/Lisbon|en-GB|SAP Consultant|
ben|Ben Carter|Halden Technology|Europe/London|en-GB|End User Computing Engineer|
aisha|Aisha Khan|Halden Technology|Europe/London|en-GB|Security Analyst|
viktor|Viktor Novak|Halden Technology|Europe/Prague|en-GB|Messaging Engineer|
lena|Lena Hoffmann|Halden Technology|Europe/Berlin|de|Warehouse Systems Engineer|
paul|Paul Dubois|Halden Technology|Europe/Paris|fr|Storage Engineer|
nadia|Nadia Rahman|Halden Technology|America/Toronto|en-CA|Change Manager|
"""
# The vendor's own names for zones (a Rails list), beside the IANA ones.
RAILS_ZONES: Final = {
    "America/New_York": "Eastern Time (US & Canada)",
    "America/Toronto": "Eastern Time (US & Canada)",
    "America/Chicago": "Central Time (US & Canada)",
    "America/Los_Angeles": "Pacific Time (US & Canada)",
    "Europe/Berlin": "Berlin",
    "Europe/Paris": "Paris",
    "Europe/Madrid": "Madrid",
    "Europe/London": "London",
    "Europe/Amsterdam": "Amsterdam",
    "Europe/Oslo": "Copenhagen",
    "Europe/Sofia": "Sofia",
    "Asia/Tokyo": "Tokyo",
    "Asia/Kolkata": "New Delhi",
    "Australia/Sydney": "Sydney",
    "Africa/Accra": "London",
}
ORGANISATION_NOTES: Final = {
    "Halden Finance": "Month-end close: last working day and the three after it. No maintenance then.",
    "Halden Retail UK": "Trading freeze from the second half of November to 2 January.",
    "Halden Japan KK": "Desk hours 09:00-18:00 JST. Japanese is preferred in writing.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One person in every tool: `role` is "end-user", "agent" or "engineer" (no Zendesk account)."""

    key: str
    name: str
    organisation: str
    zone: str
    locale: str
    title: str
    phone: str
    role: str

    @property
    def email(self) -> str:
        """Give the address, the same in every tool."""
        domain = "halden.example" if self.role == "end-user" else "it.halden.example"
        return f"{_LOGINS.get(self.key, self.key)}@{domain}"


# Where the key is not how the address is written.
_LOGINS: Final = {
    "priya": "priya.raman",
    "marcus": "marcus.bell",
    "heike": "h.brandt",
    "camille": "camille.rousseau",
    "kenji": "kenji.sato",
    "yuki": "yuki.tanaka",
    "amara": "amara.okafor",
    "mei": "mei.tanaka",
}


def _read(table: str, role: str) -> tuple[Person, ...]:
    return tuple(
        Person(
            key=key,
            name=name,
            organisation=org,
            zone=zone,
            locale=locale,
            title=title,
            phone=phone,
            role=role,
        )
        for key, name, org, zone, locale, title, phone in (
            line.split("|") for line in table.strip().splitlines()
        )
    )


PEOPLE: Final = {
    person.key: person
    for person in (*_read(_CALLERS, "end-user"), *_read(_AGENTS, "agent"), *_read(_ENGINEERS, "engineer"))
}
ORGANISATIONS: Final = tuple(
    dict.fromkeys(person.organisation for person in PEOPLE.values() if person.role != "engineer")
)
