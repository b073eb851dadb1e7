"""What does Zendesk Support do: tickets, comments, people, exports, signed event webhooks, and a page for
agents.
"""
