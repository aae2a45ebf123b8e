"""How the vendor's facts become the catalogue's data; ``tools/import_catalogue.py`` runs it."""
