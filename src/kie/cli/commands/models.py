"""``kie models`` and ``kie model``: what there is, what it takes and costs. No key, no network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli.base import Argument, Choice, Option
from kie.cli.lang import number, plural, t
from kie.cli.options import MODEL, command, money_options
from kie.cli.screen import Column

if TYPE_CHECKING:
    from kie.catalogue import Model
    from kie.cli.session import Session
    from kie.money import Price

__all__ = ["model", "models"]

_MOST_CHOICES = 24
_KINDS = ("image", "video", "audio", "music", "text", "chat", "data")


@command(
    "models",
    Argument(["words"], nargs=-1, metavar="WORDS"),
    Option(["-c", "--category"], type=Choice(_KINDS), metavar="CATEGORY", help="opt.category"),
    Option(["-t", "--task"], metavar="TASK", help="opt.task"),
    Option(["-s", "--search"], metavar="TEXT", help="opt.search"),
    Option(["--vendor"], metavar="NAME", help="opt.vendor"),
    Option(["--all", "everything"], is_flag=True, help="opt.all"),
    examples=("kie models kling --category video", "kie models --task text-to-speech --json"),
)
def models(
    session: Session,
    *,
    words: tuple[str, ...],
    category: str | None,
    task: str | None,
    search: str | None,
    vendor: str | None,
    everything: bool,
) -> int:
    """List models."""
    text = " ".join((*words, search or ""))
    catalogue = session.catalogue
    found = catalogue.search(text, category=category, task=task, vendor=vendor, retired=everything)
    say = session.screen
    say.document({"total": len(found), "models": [_row(each) for each in found]})
    if not say.wants_document and found:
        columns = [
            Column(t("column.model"), style="cyan", fold=False),
            Column(t("column.kind")),
            Column(t("column.tasks")),
            Column(t("column.price"), right=True),
            Column(t("column.standing"), style="dim"),
        ]
        rows = [
            (m.id, t(f"kind.{m.kind}"), ", ".join(m.tasks), _brief(m.price()), t(f"standing.{m.standing}"))
            for m in found
        ]
        say.table(columns, rows)
    say.note((plural("models.count", len(found)), "dim"))
    return 0


def _row(model: Model) -> dict[str, Any]:
    price = model.price()
    return {
        "id": model.id,
        "title": model.title,
        "vendor": model.vendor,
        "category": model.kind,
        "tasks": list(model.tasks),
        "standing": model.standing,
        "price": None
        if price is None
        else {"low": f"{price.low:f}", "high": None if price.high is None else f"{price.high:f}", "unit": price.unit},
    }


def _brief(price: Price | None) -> str:
    if price is None:
        return "–"
    if price.high is None:
        return t("models.from", low=number(f"{price.low:f}")) if price.low else t("models.by-use")
    return number(f"{price.low:f}") if price.exact else f"{number(f'{price.low:f}')}–{number(f'{price.high:f}')}"


@command("model", MODEL(), *money_options(), examples=("kie model kling-3.0/video", "kie model nano-banana-2 --json"))
def model(session: Session, *, model: str) -> int:
    """Show all that is known of a model."""
    catalogue = session.catalogue
    found = catalogue.resolve(model, retired=True)
    entry = found.model
    retirement = catalogue.retirement(entry.id)
    session.screen.document(
        {
            **_row(entry),
            "aliases": list(catalogue.aliases(entry.id)),
            "preset": dict(found.preset),
            "dialect": entry.dialect.name,
            "roles": entry.roles,
            "required": list(entry.required),
            "schema": entry.schema,
            "rules": list(entry.rules),
            "prices": entry.raw.get("price"),
            "wait": {"expect": entry.expect, "deadline": entry.deadline},
            "lifetime": entry.lifetime,
            "source": entry.source,
            "retirement": retirement,
        }
    )
    if not session.screen.wants_document:
        _page(session, entry, retirement, found.notice)
    return 0


def _page(session: Session, entry: Model, retirement: dict[str, Any] | None, notice: str | None) -> None:
    say = session.screen
    if notice:
        say.note((notice, "dim"))
    if retirement or entry.standing == "retired":
        gone = retirement or {}
        text = t("model.retired", since=gone.get("since") or "?")
        say.warn(text + (" " + t("model.successor", id=gone["successor"]) if gone.get("successor") else ""))
    say.say((entry.title, "bold"), f"  {entry.id}")
    aliases = session.catalogue.aliases(entry.id)
    facts = [
        ("column.kind", t(f"kind.{entry.kind}")),
        ("column.tasks", ", ".join(entry.tasks)),
        ("column.standing", t(f"standing.{entry.standing}")),
        ("model.aliases", ", ".join(aliases)),
        ("model.dialect", entry.dialect.name),
        ("model.wait", t("model.wait-text", expect=_time(entry.expect), deadline=_time(entry.deadline))),
        ("model.lifetime", plural("unit.days", round(entry.lifetime / 86400))),
        ("model.source", entry.docs),
    ]
    say.facts(facts)
    _inputs_table(session, entry)
    _price_table(session, entry)


def _time(amount: float) -> str:
    return amounts.seconds(amount) if amount < 120 else t("unit.whole-minutes", minutes=round(amount / 60))  # noqa: PLR2004


def _inputs_table(session: Session, entry: Model) -> None:
    say = session.screen
    if not entry.fields:
        say.say("  " + t("model.any-input"))
        return
    roles: dict[str, list[str]] = {}
    for role, target in entry.roles.items():
        roles.setdefault(target.partition("[")[0], []).append(role)
    rows = []
    for name, schema in entry.fields.items():
        others = [role for role in roles.get(name, ()) if role != name]
        rows.append(
            (
                ("* " if name in entry.required else "  ") + name,
                ", ".join(others),
                _kind_of(schema),
                _allowed(schema),
                "" if schema.get("default") is None else _value(schema["default"]),
            )
        )
    say.say()
    say.table(
        [
            Column(t("column.input"), style="cyan", fold=False),
            Column(t("column.role")),
            Column(t("column.type")),
            Column(t("column.allowed")),
            Column(t("column.default")),
        ],
        rows,
    )
    say.say(("  " + t("model.required"), "dim"))


def _value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _file_of(schema: dict[str, Any]) -> dict[str, Any] | None:
    found = schema.get("x-file")
    return found if isinstance(found, dict) else None


def _kind_of(schema: dict[str, Any]) -> str:
    items = schema.get("items")
    if isinstance(items, dict):
        return t("type.list", of=_kind_of(items))
    if _file_of(schema):
        return t("type.file")
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(t(f"type.{each}") for each in kind)
    return t(f"type.{kind}") if kind else t("type.any")


def _allowed(schema: dict[str, Any]) -> str:
    items = schema.get("items") if isinstance(schema.get("items"), dict) else None
    inner = items or schema
    parts = []
    file = _file_of(inner)
    if file:
        types = ", ".join(each.rpartition("/")[2] for each in file.get("types", ()))
        limit = t("model.up-to-mb", mb=number(file["max_mb"])) if file.get("max_mb") else ""
        parts.append(" ".join(filter(None, (types or file.get("kind", ""), limit))))
    if inner.get("enum"):
        parts.append(_choices(inner["enum"]))
    parts.append(_range(inner.get("minimum"), inner.get("maximum"), ""))
    parts.append(_range(inner.get("minLength"), inner.get("maxLength"), "unit.characters"))
    if items is not None:
        parts.append(_range(schema.get("minItems"), schema.get("maxItems"), "unit.items"))
    return "; ".join(filter(None, parts))


def _choices(values: list[Any]) -> str:
    """Return the choices, of very many only the first."""
    shown = ", ".join(map(_value, values[:_MOST_CHOICES]))
    rest = len(values) - _MOST_CHOICES
    return f"{shown} {t('model.more', count=rest)}" if rest > 0 else shown


def _range(low: Any, high: Any, unit: str) -> str:
    if high is None and low in (None, 0, 1):
        return ""
    if low is None or (unit and low in (0, 1)):
        text = f"≤ {high}"
    elif high is None:
        text = f"≥ {low}"
    else:
        text = str(low) if low == high else f"{low}–{high}"
    return f"{text} {t(unit)}" if unit else text


def _price_table(session: Session, entry: Model) -> None:
    say = session.screen
    record = entry.raw.get("price")
    say.say()
    if not record:
        say.say("  " + t("amount.unpublished"))
        return
    currency = session.currency
    if record.get("tokens"):
        say.say("  " + t("model.by-tokens"))
        for name, rate in record["tokens"].items():
            say.say(f"    {name}: {number(rate)}")
    rows = []
    for tier in record.get("tiers", ()):
        when = ", ".join(f"{n}={_condition(v)}" for n, v in tier.get("when", {}).items())
        credits_ = _decimal(tier["credits"])
        rows.append(
            (
                when or t("model.always"),
                number(tier["credits"]),
                amounts.dollars(credits_),
                number(f"{currency.of(credits_):f}"),
            )
        )
    if rows:
        say.table(
            [
                Column(t("column.when")),
                Column(t("model.credits-per", unit=t(f"price.{record['unit']}")), right=True),
                Column("USD", right=True),
                Column(currency.code, right=True),
            ],
            rows,
        )
    for extra in record.get("add", ()):
        say.say("  " + t("model.extra", field=extra["field"], after=extra.get("after", 0), credits=extra["credits"]))
    dated = t("model.price-source", source=record.get("source", "?"), date=record.get("date", "?"))
    say.say(("  " + dated, "dim"))
    note = amounts.rate_note(currency)
    if note:
        say.say(("  " + note, "dim"))


def _condition(value: Any) -> str:
    return " | ".join(map(_value, value)) if isinstance(value, list) else _value(value)


def _decimal(text: str) -> Any:
    from decimal import Decimal

    return Decimal(text)
