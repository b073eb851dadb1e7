"""What does ServiceNow do: the Table and Attachment APIs, business rules, journals, and a page for its
agents.
"""
