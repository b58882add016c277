"""The chat screen. The only package that imports Textual."""
