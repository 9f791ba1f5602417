"""A session renewed by the enrolment's own key: what the PIN unlocks is proof of who asks.

A phone comes back after days without a signal, or its cookie was lost with its battery; the officer
has unlocked it and must not have to find a password before his work goes up. The server's challenge
keeps a recorded answer from being used again later.
"""

from backend.core.database import Connection
from backend.core.dossiers.devices import find_device
from backend.core.problems import Problem
from backend.core.signing import KeyPair, verify
from backend.features.identity import tables as t
from backend.features.identity.tables import Account
from sync.server.chain import signed_text

CHALLENGE_MS = 120_000
"""How long a phone may take to answer: a slow network, not a recording of it."""


def make_challenge(key: KeyPair, device: str, now: int, nonce: str) -> str:
    """`now.nonce.signature`: the server recognises its own words, so that it keeps no list."""
    return f"{now}.{nonce}.{key.sign(_challenge_text(key, device, now, nonce))}"


def is_ours(key: KeyPair, device: str, challenge: str, now: int) -> bool:
    """Whether this server gave the challenge to this device within the last two minutes."""
    stamp, _, rest = challenge.partition(".")
    nonce, _, signature = rest.partition(".")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 15 and nonce.isalnum()):
        return False
    made = int(stamp)
    fresh = made <= now < made + CHALLENGE_MS
    return fresh and verify(key.public, _challenge_text(key, device, made, nonce), signature)


def _challenge_text(key: KeyPair, device: str, now: int, nonce: str) -> str:
    return signed_text("challenge", key.id, device, now, nonce)


async def renewing(
    connection: Connection, key: KeyPair, now: int, device: str, challenge: str, signature: str
) -> Account:
    """Whose session it will be.

    Raises:
        Problem: 401 `challenge` for a foreign or late challenge or a wrong signature, 403
            `enrolment` for a phone or an account that has been closed.
    """
    enrolled = await find_device(connection, device)
    text = signed_text("session", device, challenge)
    proved = enrolled is not None and verify(enrolled.public_key, text, signature)
    if enrolled is None or not proved or not is_ours(key, device, challenge, now):
        raise Problem(401, "challenge", "没能认出这台手机，没有登录。请用账号密码登录。")
    account = await t.find_account(connection, id=enrolled.officer)
    if enrolled.revoked or account is None or not account.subject.active:
        raise Problem(403, "enrolment", "这台手机的登记已停用，没有登录。请找管理员。")
    return account
