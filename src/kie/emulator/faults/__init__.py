"""What can go wrong on demand: rules, scripts, ready-made packs, words in prompts."""
