"""The tools' webhooks: verify, store, answer."""
