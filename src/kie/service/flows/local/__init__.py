"""The local steps of flows, each in a module of its own; `locally` says what each module holds."""
