"""What does Jira do when nobody has an account: one store that answers as Cloud (REST v3) and as Data Center
(v2).
"""
