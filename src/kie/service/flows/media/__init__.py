"""What local steps do with files: join clips, move stills, put words on pictures, pack.

`declared` and ``steps.json`` say what each takes; `isolation` runs each in a process of its own, with bounded memory
and time; `work` names the function of each. `timeline` is arithmetic, `sound` and `film` read and write media through
libav, without a program ``ffmpeg``. The same files give the same bytes, so that doing a step again changes nothing.
"""
