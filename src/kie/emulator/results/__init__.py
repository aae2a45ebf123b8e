"""What tasks come to: the description of every file, and the files."""
