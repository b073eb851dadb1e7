"""PostgreSQL keeps the words by which a handoff is found.

A number, a host or an error code is taken apart at every sign that is neither letter nor figure, on both
sides of the search, so that any piece of it finds it. The lists of entry kinds are those people write in.
"""

from django.db import migrations

FUNCTIONS = r"""
CREATE FUNCTION escalation_words(told text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple'::regconfig, regexp_replace(left(coalesce(told, ''), 200000), '[!-/:-@\[-`{-~]+', ' ', 'g'))
$$;

CREATE FUNCTION escalation_words_of(handoff escalation_handoff) RETURNS tsvector
LANGUAGE sql STABLE AS $$
    SELECT escalation_words(concat_ws(' ', handoff.summary, handoff.source_number, handoff.source_reference,
               handoff.remote_number, handoff.read_back))
        || escalation_words((SELECT string_agg(piece #>> '{}', ' ')
               FROM jsonb_path_query(handoff.state, 'strict $.**') AS piece
               WHERE jsonb_typeof(piece) = 'string'))
        || escalation_words((SELECT string_agg(entry.text, ' ') FROM escalation_entry AS entry
               WHERE entry.handoff_id = handoff.id
               AND entry.kind IN ('note', 'asked', 'answered', 'resolved', 'learned', 'bounced')))
$$;

CREATE FUNCTION escalation_keep_handoff_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO escalation_searchtext (handoff_id, words) VALUES (NEW.id, escalation_words_of(NEW))
    ON CONFLICT (handoff_id) DO UPDATE SET words = EXCLUDED.words;
    RETURN NULL;
END $$;

CREATE FUNCTION escalation_keep_entry_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE escalation_searchtext SET words = words || escalation_words(NEW.text)
    WHERE handoff_id = NEW.handoff_id;
    RETURN NULL;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER escalation_handoff_begun AFTER INSERT ON escalation_handoff
FOR EACH ROW WHEN (NEW.confirmed_at IS NOT NULL) EXECUTE FUNCTION escalation_keep_handoff_words();

CREATE TRIGGER escalation_handoff_changed AFTER UPDATE ON escalation_handoff
FOR EACH ROW WHEN (NEW.confirmed_at IS NOT NULL AND (
    OLD.confirmed_at IS NULL OR OLD.state IS DISTINCT FROM NEW.state OR OLD.summary <> NEW.summary
    OR OLD.remote_number <> NEW.remote_number OR OLD.source_number <> NEW.source_number
    OR OLD.read_back <> NEW.read_back))
EXECUTE FUNCTION escalation_keep_handoff_words();

CREATE TRIGGER escalation_entry_written AFTER INSERT ON escalation_entry
FOR EACH ROW WHEN (NEW.text <> ''
    AND NEW.kind IN ('note', 'asked', 'answered', 'resolved', 'learned', 'bounced'))
EXECUTE FUNCTION escalation_keep_entry_words();
"""

FILL = """
INSERT INTO escalation_searchtext (handoff_id, words)
SELECT handoff.id, escalation_words_of(handoff) FROM escalation_handoff AS handoff
WHERE handoff.confirmed_at IS NOT NULL
ON CONFLICT (handoff_id) DO NOTHING;
"""

BACK = """
DROP TRIGGER escalation_entry_written ON escalation_entry;
DROP TRIGGER escalation_handoff_changed ON escalation_handoff;
DROP TRIGGER escalation_handoff_begun ON escalation_handoff;
DROP FUNCTION escalation_keep_entry_words();
DROP FUNCTION escalation_keep_handoff_words();
DROP FUNCTION escalation_words_of(escalation_handoff);
DROP FUNCTION escalation_words(text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ("escalation", "0002_receiving_side"),
    ]

    operations = [
        migrations.RunSQL(sql=FUNCTIONS + TRIGGERS + FILL, reverse_sql=BACK),
    ]
