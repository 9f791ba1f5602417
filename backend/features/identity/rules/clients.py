"""What a session's machine is called, so that its officer knows it again. Pure."""

_KINDS = (
    ("HarmonyOS", "鸿蒙手机"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)


def client_words(user_agent: str) -> str:
    """The kind only: nothing by which one machine is told from another."""
    return next((words for sign, words in _KINDS if sign in user_agent), "其他设备")
