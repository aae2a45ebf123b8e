"""Endpoints: where users want to be told of what happens. A facet of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kie.errors import InvalidInput
from kie.ids import new_id
from kie.service import messages
from kie.service.notifications import deliveries
from kie.service.notifications import rows as endpoint_rows
from kie.service.notifications.guard import Guard
from kie.service.notifications.notifying import Courier, Notifier
from kie.service.notifications.posting import Poster
from kie.service.notifications.signing import key_of, new_secret
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kie.service.context import Context
    from kie.service.notifications.rows import Attempt, Delivery, Endpoint, Notification
    from kie.store.work import Work

__all__ = ["OVERLAP", "Endpoints"]

T = TypeVar("T")

#: Seconds for which a secret that was replaced still signs, beside the new one.
OVERLAP = 86400.0
#: Rows of the log that are read at once, at most.
_MOST = 1000


class Endpoints:
    """Who is told what. What a method changes is on the disk when it returns.

    Args:
        context: of the service.
        poster: sends; by default to the public internet alone, over TLS.

    """

    def __init__(self, context: Context, poster: Poster | None = None) -> None:
        self._context = context
        self._database = context.database
        self._courier = Courier(context, poster or Poster(Guard()))
        self._guard = self._courier.poster.guard
        #: The duty that makes messages of what happens, and sends them.
        self.notifier = Notifier(self._courier)

    # ----------------------------------------------------------------------------------------------- the endpoints

    async def add(
        self,
        url: str,
        *,
        project: str = "",
        types: Iterable[str] = (),
        description: str = "",
        secret: str | None = None,
    ) -> Endpoint:
        """Add an endpoint; ``secret`` tells what it verifies with.

        Args:
            url: https, and in the public internet, unless the service allows more.
            project: whose events; "" for those of all projects.
            types: of events, see ``messages.TYPES``; groups as "generation.*"; none for all.
            description: for people.
            secret: ``whsec_…``; one is made where None.

        Raises:
            AddressRefused: nothing may go to this address.
            InvalidInput: an event or the secret is none.
            MasterKeyMissing: the secret cannot be sealed.

        """
        wanted, text = messages.filtered(types), secret or new_secret()
        key_of(text)
        target = await self._guard.check(url)
        now, name = self._context.clock(), new_id("ep")

        def work() -> Work[None]:
            yield Statement(
                "INSERT INTO endpoint (id, kind, project, url, types, description, state, why, created, not_before)"
                " VALUES (?, 'endpoint', ?, ?, ?, ?, 'enabled', '', ?, 0)",
                (name, project, target.url, wanted, description, now),
            )
            yield from messages.put_secret(name, lambda row: self._courier.seal(row, text), now)

        await self._database.write(work)
        return await self.get(name)

    async def get(self, endpoint: str) -> Endpoint:
        """Return an endpoint.

        Raises:
            InvalidInput: there is none of this name.

        """
        return _known(await self._database.read(lambda: endpoint_rows.one(endpoint)), "endpoint", endpoint)

    async def list(self, project: str | None = None) -> Sequence[Endpoint]:
        """Return the endpoints that are told of a project's events, or all; in the order in which they were added."""
        return await self._database.read(lambda: endpoint_rows.several(project))

    async def change(
        self,
        endpoint: str,
        *,
        url: str | None = None,
        types: Iterable[str] | None = None,
        description: str | None = None,
    ) -> Endpoint:
        """Change what is given. What waits for the endpoint goes to its new address, which has not failed yet.

        Raises:
            AddressRefused, InvalidInput: as for ``add``; nothing was changed.

        """
        changes: dict[str, str | float | None] = {}
        if url is not None:
            changes |= {"url": (await self._guard.check(url)).url, "failing": None, "not_before": 0.0}
        if types is not None:
            changes["types"] = messages.filtered(types)
        if description is not None:
            changes["description"] = description
        await self.get(endpoint)
        if changes:
            await self._run(
                f"UPDATE endpoint SET {', '.join(f'{column} = ?' for column in changes)} WHERE id = ?",  # noqa: S608
                (*changes.values(), endpoint),
            )
        return await self.get(endpoint)

    async def remove(self, endpoint: str) -> None:
        """Remove an endpoint, with its secrets and its log; what waits for it is dropped.

        Raises:
            InvalidInput: there is none of this name.

        """
        await self.get(endpoint)
        await self._run("DELETE FROM endpoint WHERE id = ? AND kind = 'endpoint'", (endpoint,))

    async def enable(self, endpoint: str) -> Endpoint:
        """Send to an endpoint again, from now on; ``replay`` brings what it has missed."""
        await self.get(endpoint)
        await self._run(
            "UPDATE endpoint SET state = 'enabled', why = '', failing = NULL, not_before = 0 WHERE id = ?", (endpoint,)
        )
        return await self.get(endpoint)

    async def disable(self, endpoint: str) -> Endpoint:
        """Send nothing to an endpoint until it is enabled; what waits for it has failed."""
        await self.get(endpoint)
        now = self._context.clock()
        await self._database.write(lambda: deliveries.disable(endpoint, "", now))
        return await self.get(endpoint)

    # ------------------------------------------------------------------------------------------------- the secrets

    async def secret(self, endpoint: str) -> str:
        """Tell what an endpoint verifies with: ``whsec_…``.

        Raises:
            InvalidInput: there is none of this name.
            SealingError: it cannot be opened.

        """
        now = self._context.clock()
        found = await self._database.read(lambda: endpoint_rows.secrets(endpoint, now))
        return self._courier.opened(*_known(found[0] if found else None, "endpoint", endpoint))

    async def rotate_secret(self, endpoint: str, *, secret: str | None = None, overlap: float = OVERLAP) -> str:
        """Sign with another secret, and with the one before for a while: no notification fails to verify meanwhile.

        Args:
            endpoint: whose; or what ``callbacks`` returns.
            secret: ``whsec_…``; one is made where None.
            overlap: seconds for which the old one still signs; 0 when it became known to others.

        Returns:
            The new secret.

        Raises:
            InvalidInput: there is no such endpoint, or the secret is none.
            MasterKeyMissing: the secret cannot be sealed.

        """
        text, now = secret or new_secret(), self._context.clock()
        key_of(text)

        def work() -> Work[str | None]:
            if not (yield Statement("SELECT 1 FROM endpoint WHERE id = ?{for_update}", (endpoint,))):
                return None
            yield Statement(
                "UPDATE signing_secret SET until = ? WHERE endpoint = ? AND (until IS NULL OR until > ?)",
                (now + overlap, endpoint, now + overlap),
            )
            yield from messages.put_secret(endpoint, lambda row: self._courier.seal(row, text), now)
            return text

        return _known(await self._database.write(work), "endpoint", endpoint)

    async def callbacks(self, project: str) -> str:
        """Return who signs for the callback addresses of a project's generations; ``secret`` and so on take it.

        Raises:
            MasterKeyMissing: a secret cannot be sealed.

        """
        now = self._context.clock()
        signer = await self._database.write(lambda: messages.signer_of(project, self._courier.seal, now))
        return _known(signer, "project", project)

    def check_callback(self, url: str) -> None:
        """See that a generation may be asked for with this callback address; it is resolved when it is sent to.

        Raises:
            AddressRefused: nothing may go to this address.
            MasterKeyMissing: what is sent there could not be signed.

        """
        self._guard.read(url)
        if not self._context.sealer.key_id:
            self._courier.seal("")

    # ----------------------------------------------------------------------------------------------- the deliveries

    async def test(self, endpoint: str) -> Delivery:
        """Send a ``ping`` now, once, and return what came of it.

        Raises:
            InvalidInput: there is none of this name.

        """
        await self.get(endpoint)
        now = self._context.clock()

        def work() -> Work[deliveries.Due]:
            made = yield from messages.written("ping", "", endpoint, {"endpoint": endpoint}, now)
            # Claimed already: nobody else sends it as long as this process lives.
            rows = yield Statement(
                "INSERT INTO delivery (message, endpoint, url, lane, state, attempts, claims, next_at, at)"
                " VALUES (?, ?, '', ?, 'waiting', 0, 1, ?, ?) RETURNING number",
                (made, endpoint, endpoint, now + deliveries.LEASE, now),
            )
            return (yield from deliveries.due((rows[0][0], made, endpoint, "", 0, 1), endpoint, now))

        due = await self._database.write(work)
        await self._courier.send(due, once=True)
        [delivery] = await self._database.read(lambda: endpoint_rows.log({"d.number": due.number}, None, 1))
        return delivery

    async def deliveries(
        self,
        endpoint: str | None = None,
        *,
        state: str | None = None,
        subject: str | None = None,
        message: str | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> Sequence[Delivery]:
        """Return the log, newest first. It goes back 30 days.

        Args:
            endpoint: to which.
            state: "waiting", "delivered" or "failed".
            subject: the generation, batch or flow.
            message: a message's id.
            before: a delivery's number; those before it: the next page.
            limit: 1 to 1000.

        """
        asked = {"d.endpoint": endpoint, "d.state": state, "m.subject": subject, "d.message": message}
        given = {column: value for column, value in asked.items() if value is not None}
        most = max(1, min(limit, _MOST))
        return await self._database.read(lambda: endpoint_rows.log(given, before, most))

    async def attempts(self, delivery: int) -> Sequence[Attempt]:
        """Return the attempts of a delivery, in their order."""
        return await self._database.read(lambda: endpoint_rows.attempts(delivery))

    async def message(self, message: str) -> Notification:
        """Return a message, as it is sent.

        Raises:
            InvalidInput: there is none of this id (any more).

        """
        return _known(await self._database.read(lambda: endpoint_rows.message(message)), "message", message)

    async def replay(self, endpoint: str, *, message: str | None = None, since: float | None = None) -> int:
        """Send again: one message, whatever became of it; or all that failed. The receiver sees the same ids.

        Args:
            endpoint: to which; it must be enabled.
            message: a message's id; also one of its project that the endpoint was not told of.
            since: what failed of the events since then, Unix seconds.

        Returns:
            How many are sent.

        Raises:
            InvalidInput: there is no such endpoint or message, it is disabled, or not one of the two is given.

        """
        if (message is None) is (since is None):
            raise InvalidInput("Replay one message, or what failed since a time.", field="message")
        found = await self.get(endpoint)
        if found.state != "enabled":
            raise InvalidInput(f"The endpoint {endpoint} is disabled.", field="endpoint", hint="Enable it first.")
        if message is not None:
            told = await self.message(message)
            if found.project not in ("", told.project) and told.subject != endpoint:  # but its own pings
                raise InvalidInput(f"There is no message {message!r} of {found.project!r}.", field="message")
        now = self._context.clock()
        number = await self._database.write(lambda: deliveries.replay(endpoint, message, since, now))
        self._context.wake("notify")
        return number

    async def _run(self, sql: str, values: Sequence[str | float | None]) -> None:
        def work() -> Work[None]:
            yield Statement(sql, values)

        await self._database.write(work)


def _known(found: T | None, what: str, name: str) -> T:
    if found is None:
        raise InvalidInput(f"There is no {what} {name!r}.", field=what)
    return found
