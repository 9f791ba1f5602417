"""`/api/v1/item-lists`: versions of the 检查事项清单, their differences, a new version (S3-2.1, 2.2)."""

from typing import Any

import msgspec
from litestar import Controller, Request, get, post

from backend.core.bodies import read_body
from backend.core.dossiers.service import Dossiers
from backend.core.sessions import current_session
from backend.features.identity import public as identity
from backend.features.plans.rules import ListChange, list_change
from backend.features.plans.service.lists import ItemList, lists_of
from backend.features.plans.service.releasing import publish_list

_CAP = 8 * 1024 * 1024


class ItemListView(msgspec.Struct):
    """A version and what it changed in the one before."""

    list: ItemList
    change: ListChange


class ItemListRoutes(Controller):
    """Lists of the reader's bureau."""

    path = "/api/v1/item-lists"

    @get(act="any")  # every phone of the bureau carries the list
    async def lists(
        self, request: Request[Any, Any, Any], dossiers: Dossiers
    ) -> list[ItemListView]:
        """Every version, the newest first."""
        session = current_session(request)
        async with dossiers.database.read() as connection:
            bureau = (await identity.account(connection, session.officer)).subject.bureau
            pack = await identity.bureau_pack(connection, bureau)
            found = await lists_of(connection, bureau, pack)
        before = [*found[1:], None]
        return [
            ItemListView(each, list_change(old.items if old else each.items, each.items))
            for each, old in zip(found, before, strict=True)
        ]

    @post(status_code=201, reads=ItemList, act="publish_items")
    async def publish(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> ItemList:
        """发布 a version."""
        session = current_session(request)
        body = await read_body(request, ItemList, _CAP)
        async with dossiers.database.write() as connection:
            return await publish_list(dossiers, connection, session.officer, body)
