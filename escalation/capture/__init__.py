"""Level One's side: prefill, draft, preview, submit."""
