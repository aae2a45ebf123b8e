"""Tasks as each family tells them: records that are asked for, callbacks that are sent."""
