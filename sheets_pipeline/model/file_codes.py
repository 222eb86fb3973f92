"""Why a file could not be read, or what was mended to read it: one code a danger, in words for the one who sent it.

The English texts are msgids, translated in `locale/<language>/files.po` with the code as context. Placeholders are
filled from the parameters of the `DeliveryError` or note that carries the code.
"""

from __future__ import annotations

from dataclasses import dataclass

from sheets_pipeline.errors import DeliveryError


@dataclass(frozen=True, slots=True)
class FileCode:
    """One reason: what was found, and what the sender does about it."""

    code: str
    message: str
    fix: str


_SEND_AGAIN = "Open the workbook, save it once more as .xlsx and send the new file."
_ASK = (
    "Open the workbook in Excel or LibreOffice, save it as a new .xlsx file and send that; if it happens again, ask us."
)

REFUSALS = (
    FileCode(
        "FILE_EMPTY",
        "The file holds nothing: 0 bytes arrived.",
        "Check the file where you saved it, and send it once more.",
    ),
    FileCode(
        "LOCK_FILE",
        "This is the small file that a spreadsheet program keeps beside a workbook while it is open.",
        "Close the workbook and send the workbook itself, the file whose name does not begin with ~$.",
    ),
    FileCode(
        "FILE_TOO_LARGE",
        "The file is {megabytes} MB, and a workbook here is at most {limit} MB.",
        "Take away pictures and attached documents, save as .xlsx and send it again.",
    ),
    FileCode(
        "FILE_ENCRYPTED",
        "The workbook is protected with a password or a sensitivity label, so it cannot be opened here.",
        "Save a copy as .xlsx without a password, with a label that may be sent outside, and send the copy.",
    ),
    FileCode(
        "OLD_XLS",
        "The workbook is in the old Excel format (.xls, from before 2007).",
        "Open it, choose Save as, Excel workbook (.xlsx), and send the new file.",
    ),
    FileCode(
        "XLSB_NOT_READ",
        "The workbook is saved in Excel's binary format (.xlsb).",
        "Open it, choose Save as, Excel workbook (.xlsx), and send the new file.",
    ),
    FileCode(
        "WEB_PAGE",
        "The file is a web page and not a workbook, often a login page that was saved under the workbook's name.",
        "Sign in, download the workbook itself, check that it opens in Excel, and send it.",
    ),
    FileCode(
        "NOT_A_WORKBOOK",
        "The file is not a workbook ({found}).",
        "Send the workbook you were given, saved as .xlsx or .ods.",
    ),
    FileCode("ZIP_BROKEN", "The file is cut short or damaged, so it cannot be opened in full.", _SEND_AGAIN),
    FileCode(
        "ZIP_BOMB",
        "The file unpacks to far more than any filled-in workbook holds ({part}).",
        "Copy your answers into a fresh copy of the workbook you were given, and send that.",
    ),
    FileCode("ZIP_TOO_MANY_PARTS", "The file is made of {count} parts; a workbook has at most {limit}.", _ASK),
    FileCode(
        "ZIP_DUPLICATE", "The file holds two parts of the same name ({part}), so it can be read in two ways.", _ASK
    ),
    FileCode("ZIP_PATHS", "The file holds a part whose name points outside the workbook ({part}).", _ASK),
    FileCode("ZIP_OVERLAP", "The parts of the file lie on top of each other ({part}).", _ASK),
    FileCode("XML_ENTITIES", "The file defines entities of its own ({part}), which no spreadsheet program does.", _ASK),
    FileCode("XML_BROKEN", "A part of the workbook is damaged ({part}).", _SEND_AGAIN),
    FileCode(
        "XML_ENCODING",
        "A part of the workbook is written in an alphabet that is not read here ({part}: {encoding}).",
        _ASK,
    ),
    FileCode(
        "CELL_OUT_OF_RANGE",
        "The sheet {sheet} names a cell that no sheet has: {cell}.",
        "Open the workbook in Excel or LibreOffice, save it as a new .xlsx file and send that.",
    ),
    FileCode(
        "FAR_CELL",
        "On the sheet {sheet} something stands in {cell}, so far away that the sheet becomes too large to read.",
        "Go to {cell}, delete the rows and columns beyond your answers, save and send again.",
    ),
    FileCode(
        "TOO_MANY_CELLS",
        "The workbook has more than {limit} filled cells, which is more than any answer takes.",
        "Delete rows and sheets that are not part of the form, save and send again.",
    ),
    FileCode(
        "XLM_MACROS",
        "The workbook holds macros of the old kind (a macro sheet), which are not let in.",
        "Copy your answers into a fresh copy of the workbook you were given, and send that.",
    ),
    FileCode(
        "NO_SHEETS",
        "The workbook has no sheet with cells.",
        "Send the workbook you were given, saved as .xlsx or .ods.",
    ),
    FileCode(
        "SHEET_MISSING", "The workbook lists the sheet {sheet}, but its contents are not in the file.", _SEND_AGAIN
    ),
    FileCode("PART_MISSING", "The workbook is not whole: {part} is not in the file.", _SEND_AGAIN),
    FileCode("READER_FAILED", "The workbook could not be read ({reason}).", _ASK),
    FileCode(
        "READER_TIMEOUT",
        "The workbook took longer than {seconds} seconds to read.",
        "Delete rows and sheets that are not part of the form, save and send again.",
    ),
    FileCode(
        "READER_MEMORY",
        "The workbook needs more memory than {limit} MB to read.",
        "Delete rows and sheets that are not part of the form, save and send again.",
    ),
)

NOTES = (
    FileCode(
        "PART_NAMES_MENDED",
        "The parts of the file are named with backslashes; it was read all the same.",
        "Nothing needs doing. Saved once by Excel or LibreOffice, the file follows the standard.",
    ),
    FileCode(
        "ENCODING_MENDED",
        "A part of the file is written in {encoding} ({part}); it was read all the same.",
        "Nothing needs doing. Saved once by Excel or LibreOffice, the file follows the standard.",
    ),
)

FILE_CODES = REFUSALS + NOTES
_BY_CODE = {each.code: each for each in FILE_CODES}


def refusal(code: str, **params: object) -> DeliveryError:
    """The exception that says, in English, why a file is not read; its `hint` says what to do."""
    reason = _BY_CODE[code]
    error = DeliveryError(code, reason.message.format(**params), **params)
    error.hint = reason.fix.format(**params)
    return error
