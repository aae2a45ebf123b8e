"""What ``tools/make_types.py`` is made of: fields, models, names, the text of the two generated files."""
