"""The two kinds of encoder; ``index.encoder.load_encoder`` picks one."""
