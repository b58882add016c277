"""How the bundled lexicon and encoder are made. Not part of the installed package."""
