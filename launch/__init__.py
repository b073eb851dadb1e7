"""Start everything on one machine: embedded PostgreSQL, web, worker, practice tools."""
