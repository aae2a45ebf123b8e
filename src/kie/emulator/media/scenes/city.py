from kie.emulator.media.scenes.landscape import paint as paint
