"""Decoders, in a process of their own: a file that crashes them, or never ends, harms nothing else."""
