"""Zendesk Support: where the user is talked to; read, annotated and, as receiver, given tickets."""
