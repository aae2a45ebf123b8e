"""Pure functions between the catalogue and the socket: no I/O, no clock.

``build`` makes a request out of a model and an input; ``read`` makes a ``TaskState`` out of a reply, by the dialect's
data; ``read_callback`` reads what the vendor posts to a callback address; ``verify_signature`` checks who posted it.
"""
