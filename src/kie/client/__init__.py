"""``Kie`` and ``AsyncKie``: two thin shells over one core.

The core decides (retry or not, when to poll next, what an outcome means) in generators that *ask* for effects; the
shells only perform them. See ``flows``.
"""
