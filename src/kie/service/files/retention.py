"""Keeping and removing: rules are applied, files to which nothing refers are removed, and what was left is found.

Nothing is removed from a store that another database uses too: it may refer to the same files.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kie.errors import InvalidInput, TaskNotFound
from kie.ids import new_id
from kie.service.files import files, keeping
from kie.service.files.keeping import DAY, Due, Rule
from kie.service.machine import ENDED
from kie.store.content import PREFIXES
from kie.store.errors import ArtefactsUnavailable
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kie.catalogue import Catalogue
    from kie.service.context import Context
    from kie.store.work import Work

__all__ = ["Due", "Retention", "Rule", "Sweeper", "Swept"]

_LOG = logging.getLogger("kie.service")
_KINDS = ("image", "video", "audio", "music", "text", "data")
#: Seconds for which a content stays after the last row that referred to it: longer than any transaction lasts.
GRACE = 120.0
#: Seconds for which it is believed who uses the store; what another database has put there is young for longer.
_KNOWN = 600.0
#: Seconds after which a removal that was begun is taken over; it is given up by who began it after half of them.
_REMOVAL = 600.0
#: Contents that are removed, generations that are given up, contents that are looked for, in one transaction.
_CONTENTS, _GENERATIONS, _LOOKED = 50, 100, 500
#: Seconds between two looks: for what is to be removed, for what a rule gives up, and for a part of the orphans.
_PAUSE, _HOUR, _PART = 60.0, 3600.0, DAY / len(PREFIXES)


class Swept(NamedTuple):
    """What a sweep has done.

    Attributes:
        generations: whose files were given up, and runs of flows that had files of their own.
        removed: contents that were removed from the store.
        orphans: contents that were found to which nothing refers; they are removed later.

    """

    generations: int
    removed: int
    orphans: int


class Retention:
    """Rules, stars, and deleting.

    Args:
        context: of the service.

    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self.sweeper = Sweeper(context)

    async def set(
        self,
        days: float | None,
        *,
        project: str = "",
        kind: str = "",
        state: str = "",
        forget: bool = False,
        starred: bool = False,
    ) -> Rule:
        """Set how long the files of some generations are kept; see ``Rule``.

        Raises:
            InvalidInput: the days are below 0, there is no such kind, or no generation ends in such a state.

        """
        if days is not None and not 0 <= days < float("inf"):
            raise InvalidInput(f"Files are kept for 0 or more days, not {days:g}.", field="days")
        if kind and kind not in _KINDS:
            raise InvalidInput(f"No model makes {kind!r}.", field="kind", allowed=_KINDS)
        if state and state not in ENDED:
            raise InvalidInput(f"No generation ends as {state!r}.", field="state", allowed=tuple(sorted(ENDED)))
        rule = Rule(days, project, kind, state, forget, starred)
        await self._context.database.write(partial(keeping.write, rule))
        return rule

    async def lift(self, *, project: str = "", kind: str = "", state: str = "") -> bool:
        """Remove a rule; False where there was none."""
        return await self._context.database.write(partial(keeping.lift, project, kind, state))

    async def get(self) -> list[Rule]:
        """Return the rules, the narrowest first. Without any, everything is kept."""
        return await self._context.database.read(keeping.rules)

    async def preview(self) -> list[Due]:
        """Tell what the rules would give up now."""
        now, models = self._context.clock(), partial(_models, self._context.core.catalogue)
        return await self._context.database.read(partial(keeping.due, now, models))

    async def sweep(self) -> Swept:
        """Do now what is otherwise done by the hour, and look at the whole store for what nothing refers to."""
        generations = removed = orphans = 0
        while many := await self.sweeper.expire():
            generations += many
        for prefix in PREFIXES:
            orphans += await self.sweeper.find(prefix)
        looked = 1
        while looked:
            looked, gone = await self.sweeper.remove()
            removed += gone
        return Swept(generations, removed, orphans)

    async def delete(self, name: str, *, forget: bool = False) -> None:
        """Delete the files of a generation that has ended. Its row stays, for the ledger.

        Args:
            name: its id.
            forget: empty its request, and the text of its result, too.

        Raises:
            TaskNotFound: there is none of this name.
            InvalidInput: it has not ended.

        """
        now = self._context.clock()
        await self._context.database.write(partial(keeping.give_up, name, now, forget=forget))
        self._context.tell(name)

    async def star(self, name: str, on: bool = True) -> None:  # noqa: FBT001, FBT002 - it is a switch
        """Give a generation a star, or take it away: rules spare what has one, unless they say otherwise.

        Raises:
            TaskNotFound: there is none of this name.

        """

        def work() -> Work[bool]:
            sql = "UPDATE generation SET starred = ? WHERE id = ? RETURNING id"
            return bool((yield Statement(sql, (int(on), name))))

        if not await self._context.database.write(work):
            raise TaskNotFound(f"There is no generation {name!r}.", task_id=name)


class Sweeper:
    """Gives up, removes and finds, in small pieces. Any number of workers do it."""

    name = "sweep"

    def __init__(self, context: Context) -> None:
        self._context = context
        self._alone: bool | None = None
        self._looked = 0.0
        self._tidied = 0.0

    async def stop(self) -> None:
        """What was begun is finished by whoever comes next."""

    async def step(self) -> float:
        """Do a piece of what is due."""
        context, now = self._context, self._context.clock()
        try:
            if now - self._tidied > DAY:
                self._tidied = now
                await context.artefacts.tidy(now - DAY)
            if await context.database.write(partial(_turn, "retention", _HOUR, now)) is not None:
                while await self.expire() == _GENERATIONS:
                    continue
            place = await context.database.write(partial(_turn, "orphans", _PART, now))
            if place is not None:
                await self.find(place)
            looked, _ = await self.remove()
            return 0.0 if looked == _CONTENTS else _PAUSE
        except ArtefactsUnavailable as error:
            _LOG.info("nothing is removed for now: %s", error)
            return _PAUSE

    async def expire(self) -> int:
        """Give up the files of some generations whose time is over; returns of how many."""
        now, models = self._context.clock(), partial(_models, self._context.core.catalogue)
        return await self._context.database.write(partial(keeping.expired, _GENERATIONS, now, models))

    async def find(self, prefix: str) -> int:
        """Look at a part of the store for contents, older than a day, to which nothing refers; returns how many."""
        if not await self._is_alone():
            return 0
        context, before = self._context, self._context.clock() - DAY
        found, digests = 0, []
        async for each in context.artefacts.files(prefix):
            if each.at < before:
                digests.append(each.digest)
            if len(digests) >= _LOOKED:
                found += await context.database.write(partial(_orphaned, digests, context.clock()))
                digests = []
        if digests:
            found += await context.database.write(partial(_orphaned, digests, context.clock()))
        return found

    async def remove(self) -> tuple[int, int]:
        """Remove some contents whose time is over; returns how many were looked at, and how many are gone."""
        if not await self._is_alone():
            return 0, 0
        context, now = self._context, self._context.clock()
        looked, chosen = await context.database.write(partial(_chosen, now))
        gone = 0
        for digest in chosen:
            if context.clock() - now > _REMOVAL / 2:  # another may take over soon, and someone put it again after that
                break
            await context.artefacts.remove(digest)
            await context.database.write(partial(_removed, digest, now, context.clock()))
            gone += 1
        return looked, gone

    async def _is_alone(self) -> bool:
        """Whether no other database uses the store; it is told once when one does.

        One may come at any time: it is looked at again and again.
        """
        now = self._context.clock()
        if self._alone is None or not 0 <= now - self._looked < _KNOWN:
            own = await self._context.database.write(_own_name)
            users = await self._context.artefacts.register(own)
            was, self._alone, self._looked = self._alone, users <= {own}, now
            if not self._alone and was is not False:
                others = ", ".join(sorted(users - {own}))
                await self._context.alert(
                    "shared-store",
                    f"{self._context.artefacts.name} is used by other databases too ({others}): nothing is removed from"
                    " it. If they are no more, remove their names from its folder `users`.",
                )
        return self._alone


def _models(catalogue: Catalogue, kind: str) -> Sequence[str]:
    return [model.id for model in catalogue.search(category=kind, retired=True)]


def _turn(chore: str, pause: float, now: float) -> Work[str | None]:
    """Take the turn of a chore that one worker does for all; returns which part of the store it concerns, or None."""
    yield Statement("INSERT INTO chore (name, next_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (chore, now))
    rows = yield Statement("SELECT place FROM chore WHERE name = ? AND next_at <= ?{locked}", (chore, now))
    if not rows:
        return None
    place = rows[0][0] if rows[0][0] in PREFIXES else PREFIXES[0]
    following = PREFIXES[(PREFIXES.index(place) + 1) % len(PREFIXES)]
    yield Statement("UPDATE chore SET next_at = ?, place = ? WHERE name = ?", (now + pause, following, chore))
    return str(place)


def _own_name() -> Work[str]:
    """Return the name by which this database is known in its store."""
    sql = "INSERT INTO chore (name, next_at, place) VALUES ('database', 0, ?) ON CONFLICT (name) DO NOTHING"
    yield Statement(sql, (new_id("db"),))
    rows = yield Statement("SELECT place FROM chore WHERE name = 'database'")
    return str(rows[0][0])


def _orphaned(digests: list[str], now: float) -> Work[int]:
    """Doom contents to which no row refers."""
    left = sorted(set(digests) - (yield from files.referred(digests)))
    yield from files.doom(left, now)
    return len(left)


def _chosen(now: float) -> Work[tuple[int, list[str]]]:
    """Choose what is removed now: returns how many contents were looked at, and those to which nothing refers."""
    rows = yield Statement(
        "SELECT sha256, state FROM doomed WHERE (state = 'doomed' AND at <= ?) OR (state = 'removing' AND at <= ?)"
        " ORDER BY at LIMIT ?{locked}",
        (now - GRACE, now - _REMOVAL, _CONTENTS),
    )
    yield Statement("DELETE FROM doomed WHERE state = 'removed' AND at <= ?", (now - DAY,))
    if not rows:
        return 0, []
    kept = yield from files.referred([row[0] for row in rows])
    for digest, _ in rows:
        if digest in kept:
            yield Statement("DELETE FROM doomed WHERE sha256 = ?", (digest,))
        else:
            yield Statement("UPDATE doomed SET state = 'removing', at = ? WHERE sha256 = ?", (now, digest))
    return len(rows), [str(row[0]) for row in rows if row[0] not in kept]


def _removed(digest: str, mark: float, now: float) -> Work[None]:
    """Note that a content is gone."""
    yield Statement(
        "UPDATE doomed SET state = 'removed', at = ? WHERE sha256 = ? AND state = 'removing' AND at = ?",
        (now, digest, mark),
    )
