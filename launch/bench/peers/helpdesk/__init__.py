"""django-helpdesk as a project of its own: run by the Python of its own folder, never imported by ours."""
