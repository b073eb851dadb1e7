"""What leaves for a person: mails, posts in Slack, and what the person has chosen of them."""
