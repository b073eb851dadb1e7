"""Jira, Cloud and Data Center: issues are created, followed and commented."""
