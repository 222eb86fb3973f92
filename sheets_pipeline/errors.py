"""What stops a run: the exceptions, their exit codes and what to do about them.

Problems in the data are values (`sheets_pipeline.model.issues.Issue`) and are never raised. An exception
means "this run cannot go on". Only the command line, the pipeline (for `DeliveryError`) and the jobs catch them.
"""

from __future__ import annotations


class SheetsPipelineError(Exception):
    """Something stops this run; `hint` says how to mend it."""

    exit_code = 4

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(SheetsPipelineError):
    """The command was asked for something that does not exist or does not go together."""

    exit_code = 2


class ProjectError(SheetsPipelineError):
    """A project file is missing or wrong: `file` and `key` say where."""

    exit_code = 3

    def __init__(self, message: str, *, file: str = "", key: str = "", hint: str = "") -> None:
        where = ": ".join(part for part in (file, key) if part)
        super().__init__(f"{where}: {message}" if where else message, hint=hint)
        self.file = file
        self.key = key


class FormError(SheetsPipelineError):
    """A form definition is wrong: `faults` holds one line a fault, each with file and line."""

    exit_code = 3

    def __init__(self, faults: tuple[str, ...], *, hint: str = "") -> None:
        super().__init__("\n".join(faults), hint=hint)
        self.faults = faults


class DeliveryError(SheetsPipelineError):
    """A file cannot be read as a workbook: `code` names the reason in the issue catalogue."""

    exit_code = 1

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(message)
        self.code = code
        self.params = params


class StoreError(SheetsPipelineError):
    """The store cannot be opened, is newer than this program, or refused what was to be saved."""

    exit_code = 4


class ServiceError(SheetsPipelineError):
    """A service outside this machine failed; `retryable` says whether a later run may succeed."""

    exit_code = 4

    def __init__(self, message: str, *, retryable: bool, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.retryable = retryable


class RenderError(SheetsPipelineError):
    """A workbook, report or export cannot be written as asked for."""

    exit_code = 4


class DiskError(SheetsPipelineError):
    """The disk is full, read-only or failing."""

    exit_code = 74


class LockedError(SheetsPipelineError):
    """Another run holds the project's lock; try later."""

    exit_code = 75
