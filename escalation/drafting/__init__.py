"""What a language model may draft, asked in the background, for a person to take or leave."""
