"""The fictional round that `demo` and `init --example` play: twelve made-up organisations, before and after.

for wave in WAVES:
    play_wave(project, wave)            # builds the workbooks, fills them in, puts them into the inbox
    collect(project, store, Run(as_of=wave.collected, …))
"""

from sheets_pipeline.example.playing import build_wave, fill_inbox, play_wave
from sheets_pipeline.example.sending import send
from sheets_pipeline.example.waves import BEFORE, FINAL, WAVES, Wave

__all__ = ["BEFORE", "FINAL", "WAVES", "Wave", "build_wave", "fill_inbox", "play_wave", "send"]
