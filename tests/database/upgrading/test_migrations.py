"""A migration does not stop a running Baton: it takes no long lock and leaves what the old code reads."""

import pytest
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import PostgresqlAnalyser, analyse_sql_statements

from tests.recorded import ROOT

# Landed before there was anybody to stop.
LANDED = frozenset(
    {
        "0001_first",
        "0002_receiving_side",
        "0003_search_words",
        "0004_files",
        "0005_urgent_recall_amendment",
        "0006_breaker",
        "0007_catalog_pass_and_corrected",
    }
)


def linter(**options: object) -> MigrationLinter:
    return MigrationLinter(path=str(ROOT), no_cache=True, quiet={"ok", "ignore"}, **options)


@pytest.mark.django_db(transaction=True)
def test_no_migration_locks_a_table_for_long_or_breaks_the_running_version(capsys):
    look = linter(include_apps=["escalation"], ignore_name=sorted(LANDED), all_warnings_as_errors=True)

    look.lint_all_migrations(app_label="escalation")

    look.print_summary()
    assert look.nb_total > len(LANDED)
    assert look.nb_ignored == len(LANDED)
    assert not look.has_errors, capsys.readouterr().out


@pytest.mark.parametrize(
    "statement",
    [
        'ALTER TABLE "escalation_handoff" DROP COLUMN "summary" CASCADE;',
        'ALTER TABLE "escalation_handoff" ADD COLUMN "extra" text NOT NULL;',
        'CREATE INDEX "by_summary" ON "escalation_handoff" ("summary");',
        'ALTER TABLE "escalation_handoff" RENAME COLUMN "summary" TO "title";',
    ],
    ids=["a column that is read", "a column that old code does not fill", "a lock for long", "another name"],
)
def test_the_linter_sees_what_would_stop_it(statement):
    errors, _, warnings = analyse_sql_statements(PostgresqlAnalyser, [statement])

    assert errors or warnings
