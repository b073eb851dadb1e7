"""What does a language model do for Baton: draft lines, links and sentences that a person may take."""
