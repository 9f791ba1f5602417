"""A reader's sight as a condition of a query: it stands there before a list is cut.

What is left out for want of right must not use up the places of what may be seen. The question of
each row's right stays with `Permissions.may`.
"""

from typing import Any

import sqlalchemy as sa

from backend.core.dossiers.ports import Sight
from backend.core.dossiers.tables import dossier, dossier_grant


def within(sight: Sight, name: Any, bureau: Any, section: Any) -> Any:
    """Whether a row lies in sight, by its columns of a dossier's name, bureau and section."""
    near = []
    if sight.section:
        near.append(section == sight.section)
    if sight.officer:
        near.append(name.in_(carried_by(sight.officer)))
    where = [bureau == sight.bureau]
    if near:
        where.append(sa.or_(*near))
    if sight.barred:
        where.append(name.not_in(_barred_to(sight.barred)))
    return sa.and_(*where)


def names_within(sight: Sight) -> Any:
    """A query of the names of the dossiers in sight, to be asked inside another."""
    c = dossier.c
    return sa.select(c.name).where(within(sight, c.name, c.bureau, c.section))


def carried_by(officer: str) -> Any:
    """A query of the names of the dossiers granted to an officer."""
    g = dossier_grant.c
    return sa.select(g.dossier).where(g.officer == officer, g.revoked.is_(None))


def _barred_to(officer: str) -> Any:
    g = dossier_grant.c
    return sa.select(g.dossier).where(g.officer == officer, g.revoked.is_not(None))
