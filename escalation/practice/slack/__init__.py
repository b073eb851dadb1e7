"""What does Slack do for Baton: give the thread behind a permalink, and say who wrote in it."""
