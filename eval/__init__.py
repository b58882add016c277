"""The benchmark: question sets, systems, measures and reports. Its command is ``qa-eval``."""
