"""How is one handoff measured in the database? ``metrics.definitions``, said in SQL.

One query, one row for each handoff, the columns named as the fields of ``Measures``. Every list of kinds
comes from the definitions: a word is never said twice. What of an open handoff runs until somebody looks is
left to the reader: it begins at ``tail_at``.
"""

from dataclasses import fields
from typing import Any

from escalation.knowledge.words import Part
from escalation.metrics import definitions, spans
from escalation.metrics.definitions import Measures
from escalation.models.answer import ItemMark
from escalation.models.handoff import Lane

COLUMNS = tuple(each.name for each in fields(Measures))

# The words that the query's lists stand for.
WORDS: dict[str, Any] = {
    "by_people": sorted(spans.BY_PEOPLE),
    "begun": sorted(spans.BEGUN),
    "ended": sorted(spans.ENDED),
    "held": sorted(spans.HELD),
    "went_on": sorted(spans.WENT_ON),
    "returned": sorted(definitions.RETURNED),
    "asked": sorted(definitions.ASKED_BACK),
    "taken_up": sorted(definitions.TAKEN_UP),
    "receiver": sorted(definitions.FROM_THE_RECEIVER),
    "to_user": sorted(definitions.TO_THE_USER),
    "corrected": sorted(definitions.CORRECTED),
    "redone": ItemMark.Kind.REDONE.value,
    "on_the_user": spans.ON_THE_USER,
    "parts": [part.value for part in Part],
    "steps": [Part.DIAGNOSTICS.value, Part.REMEDIATION.value],
    "urgent": Lane.URGENT.value,
}


def _seconds(start: str, end: str) -> str:
    return f"greatest(0, extract(epoch FROM {end} - {start}))::float"


def _spent(start: str, end: str) -> str:
    # greatest() passes over NULL, so the missing end is asked for.
    return f"CASE WHEN {start} IS NOT NULL AND {end} IS NOT NULL THEN {_seconds(start, end)} END"


def _business(start: str, end: str) -> str:
    inside = _seconds(
        f"greatest({start}, (day::date + p.opens) AT TIME ZONE p.zone)",
        f"least({end}, (day::date + p.closes) AT TIME ZONE p.zone)",
    )
    return f"""CASE WHEN {start} IS NOT NULL AND {end} IS NOT NULL THEN (
        SELECT coalesce(sum({inside}) FILTER (WHERE extract(isodow FROM day) < 6), 0)
        FROM generate_series(({start} AT TIME ZONE p.zone)::date::timestamp,
                             ({end} AT TIME ZONE p.zone)::date::timestamp, interval '1 day') AS day) END"""  # noqa: S608 - our own names


def _worked(start: str, end: str) -> str:
    # The sum over no span is nothing yet, unless both ends are known: then nothing was worked.
    return f"""CASE WHEN {start} IS NOT NULL AND {end} IS NOT NULL THEN
        coalesce(sum(s.seconds) FILTER (WHERE NOT s.waiting AND s.at >= {start} AND s.at < {end}), 0) END"""


def _for_user(start: str, end: str) -> str:
    return f"""CASE WHEN {start} IS NOT NULL AND {end} IS NOT NULL THEN
        coalesce(sum(s.seconds) FILTER (WHERE s.on_user AND s.at >= {start} AND s.at < {end}), 0) END"""


# Each step is one paragraph of the definitions: the handoffs asked for and the sender's hour, their lines,
# the first moment of each kind, the news and when the user was told, the time between human words, who had
# the record.
MEASURES = f"""
WITH picked AS MATERIALIZED (
    SELECT h.id, h.route_id, h.author_id, h.category, h.confirmed_at, h.active_seconds,
           r.update_within_minutes * 60 AS promise_s, t.zone, t.opens, t.closes,
           extract(hour FROM h.confirmed_at AT TIME ZONE s.zone) AS hour
    FROM escalation_handoff h
    JOIN escalation_route r ON r.id = h.route_id
    JOIN escalation_team t ON t.id = r.receiver_id
    JOIN escalation_team s ON s.id = r.sender_id
    WHERE h.id = ANY(%(ids)s) AND h.confirmed_at IS NOT NULL
), lines AS MATERIALIZED (
    SELECT e.handoff_id, e.sequence, e.kind, e.happened_at, e.recorded_at,
           e.sayable <> '' AS sayable, e.details->>'side' AS side,
           coalesce(e.details->>'words', '') ~* %(on_the_user)s AS for_user,
           coalesce(e.details->>'prevented_words', '') <> '' AS unasked,
           e.details ? 'override' OR coalesce(e.details->>'lane', '') = %(urgent)s AS past,
           (e.details->>'stated')::int AS stated, (e.details->>'junk')::int AS junk,
           split_part(coalesce(e.details->>'words', ''), ', ', 1) AS team
    FROM escalation_entry e JOIN picked p ON p.id = e.handoff_id
), moments AS (
    SELECT handoff_id,
           min(happened_at) FILTER (WHERE kind = 'confirmed') AS confirmed,
           min(happened_at) FILTER (WHERE kind = 'delivered') AS delivered,
           min(happened_at) FILTER (WHERE kind = 'seen') AS seen,
           min(happened_at) FILTER (WHERE kind = 'accepted') AS accepted,
           min(happened_at) FILTER (WHERE kind = 'diagnosing') AS diagnosing,
           min(happened_at) FILTER (WHERE kind = 'resolved') AS resolved,
           min(happened_at) FILTER (WHERE kind = 'diagnosing' OR kind = ANY(%(asked)s)) AS understood,
           coalesce(bool_or(kind = ANY(%(returned)s)), false) AS returned,
           coalesce(bool_or(kind = ANY(%(asked)s)), false) AS asked,
           coalesce(bool_or(kind = ANY(%(asked)s) AND NOT unasked), false) AS asked_what_was_there,
           coalesce(bool_or(kind = ANY(%(taken_up)s)), false) AS taken_up
    FROM lines GROUP BY handoff_id
), sent AS (
    SELECT m.handoff_id, coalesce(max(l.happened_at) FILTER (WHERE l.happened_at <= m.delivered), m.confirmed)
           AS confirmed
    FROM moments m JOIN lines l ON l.handoff_id = m.handoff_id AND l.kind = 'confirmed'
    GROUP BY m.handoff_id, m.confirmed
), sending AS (
    SELECT DISTINCT ON (handoff_id) handoff_id, sequence, past, stated, junk
    FROM lines WHERE kind = 'confirmed' ORDER BY handoff_id, sequence DESC
), overridden AS (
    SELECT s.handoff_id, s.past OR coalesce(bool_or(l.past), false) AS overridden
    FROM sending s LEFT JOIN lines l
        ON l.handoff_id = s.handoff_id AND l.kind = ANY(%(corrected)s) AND l.sequence > s.sequence
    GROUP BY s.handoff_id, s.past
), told AS (
    SELECT *, min(happened_at) FILTER (WHERE kind = ANY(%(to_user)s)) OVER (
               PARTITION BY handoff_id ORDER BY sequence ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
           ) AS told_at
    FROM lines
), news AS (
    SELECT handoff_id,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY {_seconds("happened_at", "recorded_at")}) AS lag,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY {_seconds("recorded_at", "told_at")})
               FILTER (WHERE sayable AND told_at IS NOT NULL) AS told_lag
    FROM told WHERE kind = ANY(%(receiver)s) AND side = 'receiver' GROUP BY handoff_id
), words AS (
    SELECT handoff_id, kind, for_user, happened_at AS at,
           {_seconds("happened_at", "coalesce(lead(happened_at) OVER in_time, happened_at)")} AS seconds,
           row_number() OVER in_time AS place, lead(happened_at) OVER in_time IS NULL AS last
    FROM lines WHERE kind = ANY(%(by_people)s)
    WINDOW in_time AS (PARTITION BY handoff_id ORDER BY happened_at, sequence)
), spans AS MATERIALIZED (
    SELECT handoff_id, at, seconds, last,
           coalesce(max(place) FILTER (WHERE kind = ANY(%(begun)s)) OVER so_far, 0)
               > coalesce(max(place) FILTER (WHERE kind = ANY(%(ended)s)) OVER so_far, 0) AS open,
           coalesce(max(place) FILTER (WHERE kind = ANY(%(held)s)) OVER so_far, 0)
               > coalesce(max(place) FILTER (WHERE kind = ANY(%(went_on)s)) OVER so_far, 0) AS waiting,
           coalesce(max(place) FILTER (WHERE kind = ANY(%(held)s) AND for_user) OVER so_far, 0)
               > greatest(
                   max(place) FILTER (WHERE kind = ANY(%(held)s) AND NOT for_user) OVER so_far,
                   max(place) FILTER (WHERE kind = ANY(%(went_on)s)) OVER so_far, 0
               ) AS on_user
    FROM words WINDOW so_far AS (PARTITION BY handoff_id ORDER BY place)
), opened AS (
    SELECT s.handoff_id, max(s.seconds) AS silence, sum(s.seconds) AS open_s,
           sum(s.seconds) FILTER (WHERE s.waiting) AS waiting_s,
           sum(s.seconds) FILTER (WHERE s.on_user) AS on_user_s,
           sum(least(s.seconds, p.promise_s)) AS promised_s,
           max(s.at) FILTER (WHERE s.last) AS tail_at,
           coalesce(bool_or(s.waiting) FILTER (WHERE s.last), false) AS tail_waits,
           coalesce(bool_or(s.on_user) FILTER (WHERE s.last), false) AS tail_on_user
    FROM spans s JOIN picked p ON p.id = s.handoff_id WHERE s.open GROUP BY s.handoff_id
), worked AS (
    SELECT m.handoff_id, {_worked("m.seen", "m.understood")} AS rebuild,
           {_worked("m.diagnosing", "m.resolved")} AS diagnosing,
           {_for_user("m.delivered", "m.seen")} AS user_seen,
           {_for_user("m.delivered", "m.accepted")} AS user_accepted,
           {_for_user("m.delivered", "m.diagnosing")} AS user_engaged,
           {_for_user("m.delivered", "m.resolved")} AS user_resolved,
           {_for_user("m.seen", "m.understood")} AS user_rebuild,
           {_for_user("m.diagnosing", "m.resolved")} AS user_diagnosing
    FROM moments m JOIN spans s ON s.handoff_id = m.handoff_id
    GROUP BY m.handoff_id, m.delivered, m.seen, m.accepted, m.understood, m.diagnosing, m.resolved
), changes AS (
    SELECT handoff_id, sequence, team, lag(team) OVER (PARTITION BY handoff_id ORDER BY sequence) AS before
    FROM lines WHERE kind = 'assigned' AND team <> ''
), tosses AS (
    SELECT handoff_id, team = lag(team, 2) OVER (PARTITION BY handoff_id ORDER BY sequence) AS back
    FROM changes WHERE before IS DISTINCT FROM team
), tossed AS (
    SELECT handoff_id, coalesce(bool_or(back), false) AS tossed FROM tosses GROUP BY handoff_id
), kept AS (
    SELECT s.handoff_id, s.template_id, (
        SELECT count(*) FROM unnest(%(parts)s::text[]) AS part WHERE jsonb_array_length(s.state->part) > 0
    ) AS parts, (
        SELECT coalesce(sum(jsonb_array_length(s.state->part)), 0) FROM unnest(%(steps)s::text[]) AS part
    ) AS steps, (
        SELECT count(*) FROM jsonb_path_query(s.state, '$.*[*].id') AS item
        WHERE NOT jsonb_path_exists(
            s.translation, '$.draft.fields[*].items[*] ? (@ == $id)', jsonb_build_object('id', item))
        AND NOT jsonb_path_exists(
            s.translation, '$.losses[*].item_id ? (@ == $id)', jsonb_build_object('id', item))
    ) AS undisclosed
    FROM escalation_snapshot s JOIN picked p ON p.id = s.handoff_id
), measures AS (
    SELECT p.id AS handoff_id, p.route_id, p.author_id, p.confirmed_at, p.category, kept.template_id,
           CASE WHEN p.hour < 6 OR p.hour >= 22 THEN 'night' WHEN p.hour < 14 THEN 'early' ELSE 'late' END
               AS shift,
           opened.tail_at, coalesce(opened.tail_waits, false) AS tail_waits,
           coalesce(opened.tail_on_user, false) AS tail_on_user,
           nullif(p.active_seconds, 0)::float AS effort,
           {_spent("sent.confirmed", "m.delivered")} AS to_delivered,
           {_spent("m.delivered", "m.seen")} AS to_seen,
           {_spent("m.delivered", "m.accepted")} AS to_accepted,
           {_spent("m.delivered", "m.diagnosing")} AS to_engaged,
           {_spent("m.delivered", "m.resolved")} AS to_resolved,
           {_business("m.delivered", "m.seen")} AS to_seen_business,
           {_business("m.delivered", "m.accepted")} AS to_accepted_business,
           {_business("m.delivered", "m.diagnosing")} AS to_engaged_business,
           {_business("m.delivered", "m.resolved")} AS to_resolved_business,
           worked.rebuild, worked.diagnosing, worked.user_seen, worked.user_accepted, worked.user_engaged,
           worked.user_resolved, worked.user_rebuild, worked.user_diagnosing,
           news.lag, news.told_lag, opened.silence,
           coalesce(opened.open_s, 0) AS open_s, coalesce(opened.waiting_s, 0) AS waiting_s,
           coalesce(opened.on_user_s, 0) AS on_user_s, coalesce(opened.promised_s, 0) AS promised_s,
           coalesce(m.returned, false) AS returned, coalesce(m.asked, false) AS asked,
           coalesce(tossed.tossed, false) AS tossed,
           CASE WHEN m.returned OR m.asked OR m.taken_up THEN NOT (m.returned OR m.asked_what_was_there) END
               AS first_time_right,
           CASE WHEN m.taken_up THEN again.steps > 0 END AS redone,
           CASE WHEN m.taken_up THEN coalesce(kept.steps, 0) END AS listed_steps,
           CASE WHEN m.taken_up THEN least(again.steps, coalesce(kept.steps, 0)) END AS redone_steps,
           CASE WHEN v.guess <> '' THEN v.guess = 'right' END AS guess_right,
           v.level_one_could, overridden.overridden, sending.stated, sending.junk, kept.parts,
           coalesce(kept.undisclosed, 0) AS undisclosed
    FROM picked p
    CROSS JOIN LATERAL (
        SELECT count(*) AS steps FROM escalation_itemmark i
        WHERE i.handoff_id = p.id AND i.kind = %(redone)s
    ) again
    LEFT JOIN moments m ON m.handoff_id = p.id
    LEFT JOIN sent ON sent.handoff_id = p.id
    LEFT JOIN sending ON sending.handoff_id = p.id
    LEFT JOIN overridden ON overridden.handoff_id = p.id
    LEFT JOIN news ON news.handoff_id = p.id
    LEFT JOIN opened ON opened.handoff_id = p.id
    LEFT JOIN worked ON worked.handoff_id = p.id
    LEFT JOIN tossed ON tossed.handoff_id = p.id
    LEFT JOIN kept ON kept.handoff_id = p.id
    LEFT JOIN escalation_verdict v ON v.handoff_id = p.id
)
"""  # noqa: S608 - our own names; every value is a parameter
