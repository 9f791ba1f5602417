"""What the fake camera shows and the fake microphone hears."""

from __future__ import annotations

import io
import math
import random
import wave
from array import array
from pathlib import Path

import segno
from PIL import Image

RATE = 48_000
SWEEP_FROM = 400.0
SWEEP_PER_SECOND = 100.0


def qr_frame(text: str, size: tuple[int, int] = (1280, 720)) -> Image.Image:
    png = io.BytesIO()
    segno.make(text, error="m", encoding="utf-8").save(png, kind="png", scale=7, border=4)
    code = Image.open(png).convert("L")
    frame = Image.new("L", size, 200)
    frame.paste(code, ((size[0] - code.width) // 2, (size[1] - code.height) // 2))
    return frame


def write_still(path: Path, image: Image.Image) -> Path:
    """A film of one grey picture."""
    grey = bytes([128]) * (image.width * image.height // 2)
    return _write_film(path, image.size, [image.tobytes() + grey] * 2)


def write_noise(path: Path) -> Path:
    """A film that no codec can make small."""
    frames = [random.Random(seed).randbytes(640 * 480 * 3 // 2) for seed in range(8)]
    return _write_film(path, (640, 480), frames)


def _write_film(path: Path, size: tuple[int, int], frames: list[bytes]) -> Path:
    """Chromium's fake camera plays such a file in a loop."""
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{size[0]} H{size[1]} F30:1 Ip A1:1 C420jpeg\n".encode())
        film.writelines(b"FRAME\n" + frame for frame in frames)
    return path


def write_sweep(path: Path, seconds: int) -> Path:
    """A tone that rises by 100 Hz a second: its pitch tells the moment it was played."""
    samples = array("h")
    for n in range(seconds * RATE):
        t = n / RATE
        phase = 2 * math.pi * (SWEEP_FROM * t + SWEEP_PER_SECOND * t * t / 2)
        samples.append(round(12_000 * math.sin(phase)))
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, RATE, 0, "NONE", ""))
        sound.writeframes(samples.tobytes())
    return path
