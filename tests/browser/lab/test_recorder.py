"""The recorder of a visit: what a kill costs, what a change of segment costs, what is told."""

from __future__ import annotations

import base64
import hashlib
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.lab.conftest import KEY, Profile, open_bench
from tests.browser.lab.fakes import RATE, write_noise, write_sweep
from tests.browser.lab.hearing import decode_sound, picture_seconds, sound_seconds, sweep_moment
from tests.browser.lab.lab_server import LabServer

pytestmark = pytest.mark.timeout(60)

LOST_AT_MOST = 1.5


def record(page: Page, **plan: object) -> Any:
    plan = {"sliceMs": 250, **plan}
    return page.evaluate("([key, plan]) => lab.record(key, plan)", [KEY, plan])


def events(page: Page, kind: str) -> list[dict[str, Any]]:
    found = page.evaluate("(kind) => lab.events.filter((event) => event.kind === kind)", kind)
    return list(found)


def wait_for(page: Page, kind: str, count: int = 1) -> list[dict[str, Any]]:
    page.wait_for_function(
        "([kind, count]) => lab.events.filter((event) => event.kind === kind).length >= count",
        arg=[kind, count],
    )
    return events(page, kind)


def stop(page: Page) -> list[dict[str, Any]]:
    page.evaluate("() => lab.recording().stop()")
    return events(page, "segment_sealed")


def original(page: Page, name: str) -> bytes:
    return base64.b64decode(page.evaluate("([id, key]) => lab.plain(id, key)", [name, KEY]))


def kill(page: Page) -> None:
    """SIGKILL to the whole browser, as when the system needs its memory at once."""
    browser = page.context.browser
    assert browser is not None
    info = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    pid = next(entry["id"] for entry in info["processInfo"] if entry["type"] == "browser")
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_a_killed_browser_loses_no_more_than_the_last_second(
    profile: Profile, server: LabServer, kind: str
) -> None:
    page = open_bench(profile(), server)
    assert record(page, kind=kind, sliceMs=1_000) == "recording"
    first = wait_for(page, "slice")[0]
    # Shortly before a slice is due, when most would be lost.
    since = "lab.clock.now() - lab.events[0].at"
    page.wait_for_function(f"(first) => {since} - first > 1800", arg=first["elapsed"])
    elapsed = (page.evaluate(f"() => {since}") - first["elapsed"]) / 1000
    seen = events(page, "slice")[-1]
    kill(page)

    page = open_bench(profile(), server)
    recovered = page.evaluate("() => lab.store.recover('rec.0')")["value"]
    assert not recovered["finished"]
    assert recovered["slices"] >= seen["index"] + 1
    assert recovered["bytes"] >= seen["bytes"]
    kept = original(page, "rec.0")
    assert len(kept) == recovered["bytes"]
    begin = kept[: first["bytes"]]
    assert elapsed - (sound_seconds(kept) - sound_seconds(begin)) <= LOST_AT_MOST
    if kind == "video":
        assert elapsed - (picture_seconds(kept) - picture_seconds(begin)) <= LOST_AT_MOST


def test_after_a_kill_the_recording_goes_on_and_tells_the_gap(
    profile: Profile, server: LabServer
) -> None:
    page = open_bench(profile(), server)
    record(page)
    wait_for(page, "slice", 2)
    kill(page)

    page = open_bench(profile(), server)
    until = page.evaluate("() => lab.store.recover('rec.0')")["value"]["modified_ms"]
    assert record(page, continues={"segment": 1, "until": until}) == "recording"
    [gap] = wait_for(page, "gap")
    assert (gap["reason"], gap["missing"], gap["from"]) == ("page_load", "all", until)
    [started] = events(page, "started")
    assert started["segment"] == 1
    assert until < gap["to"] <= page.evaluate("() => lab.clock.now()")
    wait_for(page, "slice")
    assert [sealed["id"] for sealed in stop(page)] == ["rec.1"]


def test_a_change_of_segment_loses_no_sound(
    profile: Profile, server: LabServer, tmp_path: Path
) -> None:
    sweep = write_sweep(tmp_path / "sweep.wav", 20)
    page = open_bench(profile(f"--use-file-for-fake-audio-capture={sweep}%noloop"), server)
    record(page, segmentMs=1_500, audioBits=96_000)
    wait_for(page, "segment_sealed", 2)
    page.wait_for_function("() => lab.events.some((e) => e.kind === 'slice' && e.segment === 2)")
    sealed = stop(page)
    assert [seal["segment"] for seal in sealed] == [0, 1, 2]
    sounds = []
    for seal in sealed:
        content = original(page, seal["id"])
        assert seal["sha256"] == hashlib.sha256(content).hexdigest()
        assert seal["bytes"] == len(content)
        assert seal["mime"] == "audio/webm;codecs=opus"
        sounds.append(decode_sound(content))
        told = (seal["ended_ms"] - seal["started_ms"]) / 1000
        assert told == pytest.approx(len(sounds[-1]) / RATE, abs=0.5)
    for earlier, later in zip(sounds, sounds[1:], strict=False):
        margin = 0.2
        heard_until = sweep_moment(earlier, len(earlier) / RATE - margin) + margin
        heard_from = sweep_moment(later, margin) - margin
        assert heard_from - heard_until < 0.1


def test_slices_come_in_order_with_levels_of_sound(page: Page) -> None:
    record(page)
    slices = wait_for(page, "slice", 3)
    assert [slice["index"] for slice in slices] == list(range(len(slices)))
    assert all(a["bytes"] < b["bytes"] for a, b in zip(slices, slices[1:], strict=False))
    assert all(a["elapsed"] < b["elapsed"] for a, b in zip(slices, slices[1:], strict=False))
    page.wait_for_function("() => lab.events.some((e) => e.kind === 'level' && e.level > 20)")
    levels = [event["level"] for event in wait_for(page, "level", 10)]
    assert all(0 <= level <= 100 for level in levels)
    [sealed] = stop(page)
    assert sealed["slices"] >= 3
    [stopped] = events(page, "stopped")
    assert stopped["elapsed"] >= slices[-1]["elapsed"]


def test_a_pause_ends_the_segment_and_its_reason_is_told(page: Page) -> None:
    record(page)
    wait_for(page, "slice")
    page.evaluate("() => lab.recording().pause('商业秘密')")
    [sealed] = events(page, "segment_sealed")
    assert page.evaluate("() => lab.recording().state()") == "paused"
    assert page.evaluate("() => lab.recording().resume()")["ok"]
    [gap] = events(page, "gap")
    assert (gap["reason"], gap["why"], gap["missing"]) == ("pause", "商业秘密", "all")
    assert gap["from"] <= gap["to"]
    assert gap["from"] >= sealed["started_ms"]
    wait_for(page, "slice", 2)
    assert [seal["id"] for seal in stop(page)] == ["rec.0", "rec.1"]


def test_a_call_that_mutes_the_microphone_is_a_gap_and_recording_goes_on(page: Page) -> None:
    record(page)
    wait_for(page, "slice")
    say = "(word) => lab.streams[0].getAudioTracks()[0].dispatchEvent(new Event(word))"
    page.evaluate(say, "mute")
    [interrupted] = wait_for(page, "interrupted")
    wait_for(page, "segment_sealed")
    assert interrupted["reason"] == "mute"
    assert page.evaluate("() => lab.recording().state()") == "interrupted"
    page.evaluate(say, "unmute")
    [gap] = wait_for(page, "gap")
    assert (gap["reason"], gap["from"]) == ("mute", interrupted["from"])
    assert page.evaluate("() => lab.recording().state()") == "recording"
    assert len(stop(page)) == 2


NEVER_THE_SAME_MOMENT = """() => {
  const now = lab.clock.now
  let read = 0
  lab.clock.now = () => now() + (read += 1)
}"""
"""Each reading of the clock falls into another millisecond."""


def test_a_pause_during_a_call_outlasts_the_call(page: Page) -> None:
    record(page)
    wait_for(page, "slice")
    say = "(word) => lab.streams[0].getAudioTracks()[0].dispatchEvent(new Event(word))"
    page.evaluate(say, "mute")
    wait_for(page, "segment_sealed")
    page.evaluate(NEVER_THE_SAME_MOMENT)
    page.evaluate("() => lab.recording().pause('商业秘密')")
    page.evaluate(say, "unmute")
    page.evaluate("() => lab.recording().pause('其他')")
    assert page.evaluate("() => lab.recording().state()") == "paused"
    page.evaluate("() => lab.recording().resume()")
    gaps = [(gap["reason"], gap.get("why")) for gap in events(page, "gap")]
    assert gaps == [("mute", None), ("pause", "商业秘密")]
    first, second = events(page, "gap")
    assert first["to"] <= second["from"]
    stop(page)


def test_a_lost_microphone_is_opened_again(page: Page) -> None:
    record(page)
    wait_for(page, "slice")
    page.evaluate(
        """() => {
          const [track] = lab.streams[0].getAudioTracks()
          track.stop()
          track.dispatchEvent(new Event('ended'))
        }"""
    )
    [gap] = wait_for(page, "gap")
    assert gap["reason"] == "device"
    assert page.evaluate("() => lab.streams.length") == 2
    wait_for(page, "slice", 2)
    assert [seal["id"] for seal in stop(page)] == ["rec.0", "rec.1"]


def test_a_sleep_of_the_phone_is_a_gap(page: Page) -> None:
    record(page)
    [before] = wait_for(page, "slice")[:1]
    page.evaluate("() => { lab.skipped.wall += 600000 }")
    [gap] = wait_for(page, "gap")
    assert gap["reason"] == "sleep"
    assert gap["to"] - gap["from"] >= 600_000
    [sealed] = events(page, "segment_sealed")
    assert sealed["ended_ms"] - sealed["started_ms"] < 60_000
    assert before["segment"] == 0
    wait_for(page, "slice", 3)
    assert [seal["id"] for seal in stop(page)] == ["rec.0", "rec.1"]


def test_a_camera_that_was_away_leaves_the_sound_running(page: Page) -> None:
    record(page, kind="video")
    wait_for(page, "slice")
    say = "(word) => lab.streams[0].getVideoTracks()[0].dispatchEvent(new Event(word))"
    page.evaluate(say, "mute")
    page.evaluate(say, "unmute")
    [gap] = events(page, "gap")
    assert (gap["reason"], gap["missing"]) == ("mute", "picture")
    assert [seal["id"] for seal in stop(page)] == ["rec.0"]


def test_a_full_phone_stops_the_recording_and_keeps_what_it_has(
    profile: Profile, server: LabServer, tmp_path: Path
) -> None:
    film = write_noise(tmp_path / "noise.y4m")
    page = open_bench(profile(f"--use-file-for-fake-video-capture={film}"), server)
    record(page, kind="video", videoBits=20_000_000)
    wait_for(page, "slice")
    origin = page.evaluate("() => location.origin")
    quota = {"origin": origin, "quotaSize": 1000}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    [trouble] = wait_for(page, "trouble")
    assert trouble["error"] == {"code": "full"}
    assert page.evaluate("() => lab.recording().state()") == "interrupted"
    kept = page.evaluate("() => lab.store.recover('rec.0')")["value"]
    assert kept["bytes"] >= events(page, "slice")[-1]["bytes"]
    assert len(original(page, "rec.0")) == kept["bytes"]


def test_a_refused_microphone_is_a_value(page: Page) -> None:
    page.evaluate(
        """() => {
          lab.devices.getUserMedia = async () => {
            throw new DOMException('refused', 'NotAllowedError')
          }
        }"""
    )
    assert record(page) == {"code": "denied"}
    assert page.evaluate("() => lab.store.list()")["value"] == []
