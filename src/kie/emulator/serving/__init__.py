"""The emulator on a socket: plain HTTP, TLS and the language of proxies."""
