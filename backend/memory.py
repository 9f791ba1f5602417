"""How Anxun's long-lived processes treat memory: what is looked at again, what is given back."""

import ctypes
import gc
from contextlib import suppress

NEW_CONTAINERS = 10_000
"""A push of 1,000 changesets makes some 30,000 containers that all live until its commit. At
Python's own 700 the collector walks them over and over and finds nothing; much above this the
garbage of requests is kept too long and the process grows by 0.7 MB every 2,000 findings."""

_TRIM_THRESHOLD = -1
_TRIM_BYTES = 128 * 1024


def settle() -> None:
    """What the modules brought is looked at no more; what is freed goes back to the system."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_CONTAINERS)
    _give_back()


def _give_back() -> None:
    """glibc begins so and then grows its threshold with the first large block freed, which is the
    first password checked: 20 MB were kept for ever. A threshold that was set grows no more.
    Other C libraries have no such habit.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_TRIM_THRESHOLD, _TRIM_BYTES)
