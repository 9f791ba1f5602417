"""What a poster's code shows whoever scans it with a camera instead of 安巡."""

from litestar import Controller, Response, get

from backend.features.disclosure.routes.answers import HANDLERS, SAID, message


class PosterPages(Controller):
    """The address before the # of an enterprise's code; what follows it never comes here."""

    path = "/e"
    exception_handlers = HANDLERS
    opt = SAID

    @get("/", open_to_all=True)
    async def poster(self) -> Response[str]:
        """Says whose code it is, and which one the enterprise wants."""
        return message(
            200,
            "",  # nothing is said of the code itself: the server never sees it
            "这是执法人员签到用的二维码",
            "执法人员到企业检查时，用安巡扫它签到。",
            "要看谁来检查、查什么、您有哪些权利，请扫执法人员手机上的二维码。",
            title="企业二维码",
            links=(("/", "执法人员：打开安巡"),),
        )
