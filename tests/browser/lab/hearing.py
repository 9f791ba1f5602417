"""Decodes what was recorded and measures it."""

from __future__ import annotations

import io
from array import array

import av

from tests.browser.lab.fakes import RATE, SWEEP_FROM, SWEEP_PER_SECOND


def decode_sound(original: bytes) -> array[int]:
    """The samples of a recording, mono, 16 bit, 48 kHz."""
    samples = array("h")
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(io.BytesIO(original), mode="r") as container:
        for frame in container.decode(audio=0):
            for piece in resampler.resample(frame):
                samples.frombytes(bytes(piece.planes[0])[: piece.samples * 2])
    return samples


def sound_seconds(original: bytes) -> float:
    """How long the sound of a recording, perhaps cut off, lasts."""
    return len(decode_sound(original)) / RATE


def picture_seconds(original: bytes) -> float:
    """How long its picture lasts."""
    with av.open(io.BytesIO(original), mode="r") as container:
        times = [frame.time for frame in container.decode(video=0)]
    return float((times[-1] or 0.0) - (times[0] or 0.0))


def sweep_moment(samples: array[int], at: float, window: float = 0.05) -> float:
    """The second of the sweep heard around second `at` of `samples`, from its zero crossings."""
    begin = int((at - window / 2) * RATE)
    crossings = [
        n + samples[n] / (samples[n] - samples[n + 1])
        for n in range(begin, int(begin + window * RATE))
        if samples[n] < 0 <= samples[n + 1]
    ]
    pitch = (len(crossings) - 1) * RATE / (crossings[-1] - crossings[0])
    return (pitch - SWEEP_FROM) / SWEEP_PER_SECOND
