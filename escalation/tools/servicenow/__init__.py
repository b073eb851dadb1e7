"""ServiceNow: incidents are created, watched and annotated over the Table API (v2)."""
