"""Reading the TOML files that people write: every fault says its file and key, and how to mend it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sheets_pipeline.errors import ProjectError

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path) -> dict[str, Any]:
    """The file as a dictionary; raises ProjectError when it is missing or no TOML."""
    name = f"{path.parent.name}/{path.name}"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        message = "the file is missing"
        raise ProjectError(message, file=name, hint="Copy it from a new project: sheets-pipeline init DIR.") from None
    except UnicodeDecodeError as error:
        message = f"the file is not saved as UTF-8 (byte {error.start})"
        raise ProjectError(message, file=name, hint="Save it again with the encoding UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(str(error), file=name, hint="Text stands in quotation marks; dates do not.") from None
    except OSError as error:
        message = f"the file cannot be opened: {error.strerror}"
        raise ProjectError(message, file=name) from None


def checked(model: type[Model], data: dict[str, Any], path: Path) -> Model:
    """The data as a model; raises ProjectError that lists every fault with its key."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = [f"{_key(fault['loc'])}: {_plainly(fault)}" for fault in error.errors(include_url=False)]
        name = f"{path.parent.name}/{path.name}"
        message = "; ".join(faults)
        raise ProjectError(message, file=name, key="", hint="Mend the key, or remove it to get its default.") from None


def _key(place: tuple[int | str, ...]) -> str:
    """`rounds.2026.organisations[3].role`: list places count from one, as people do."""
    key = ""
    for part in place:
        key += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if key else part)
    return key


def _plainly(fault: Any) -> str:  # noqa: ANN401 - pydantic's own dictionary
    kind, given = fault["type"], fault.get("input")
    if kind == "extra_forbidden":
        return "there is no such key"
    if kind == "missing":
        return "is missing"
    if kind == "literal_error":
        return f"{given!r} is not one of {fault['ctx']['expected']}"
    message: str = fault["msg"]
    return message[:1].lower() + message[1:]
