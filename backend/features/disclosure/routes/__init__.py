"""Public pages and the desk's view of what came through them."""

from backend.features.disclosure.routes.complaints import ComplaintPages, ComplaintRoutes
from backend.features.disclosure.routes.paper import PaperPages
from backend.features.disclosure.routes.poster import PosterPages
from backend.features.disclosure.routes.visit import VisitPages

ROUTES = (ComplaintPages, VisitPages, PaperPages, PosterPages, ComplaintRoutes)

__all__ = ["ROUTES"]
