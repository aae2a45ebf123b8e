"""What the emulator tells about itself, and how it is moved from outside: `/__emulator/`."""
