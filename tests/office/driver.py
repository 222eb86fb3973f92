"""LibreOffice behind a pipe: one JSON object a line in, one a line out.

Run with a Python that has `uno` (Debian: /usr/bin/python3 with python3-uno), with the program and an empty folder for
its profile. It starts the program without a window, and ends it when its own input ends.

    {"do": "open", "path": "/…/book.xlsx"}                            → {"answer": 1}
    {"do": "type", "book": 1, "sheet": "Plan 1", "cell": "C5", "text": "2,5"} → {"answer": {"kind": "number", …}}
    anything that cannot be done                                      → {"problem": "…"}
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]

from tests.office.operations import OPERATIONS, Document, properties

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>sv-SE</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse">
<value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse">
<value>1</value></prop></item>
</oor:items>
"""
START_SECONDS = 90
PATIENCE_SECONDS = 5
PAUSE = 0.2


def start(program: str, profile: Path) -> tuple[subprocess.Popen[bytes], str]:
    """The program with Swedish locale, which uses the values that a file says (never recalculating on load)."""
    (profile / "user").mkdir(parents=True)
    (profile / "user/registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    pipe = f"sheets-pipeline-{profile.name}"
    quiet = ("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", *quiet, f"--accept=pipe,name={pipe};urp;"]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=sys.stderr), pipe


def desktop(process: subprocess.Popen[bytes], pipe: str) -> Any:
    """The program's desktop, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(int(START_SECONDS / PAUSE)):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception as error:
            if process.poll() is not None:
                raise RuntimeError(f"the program ended with {process.returncode}") from error
            time.sleep(PAUSE)
    raise RuntimeError(f"the program did not answer within {START_SECONDS} s")


class Session:
    """The open documents by number."""

    def __init__(self, office: Any) -> None:
        self._office = office
        self._documents: dict[int, Document] = {}
        self._opened = 0

    def carry_out(self, order: dict[str, Any]) -> Any:
        """Do what one line says."""
        doing = order.pop("do")
        if doing == "open":
            return self._open(Path(order["path"]))
        number = order.pop("book")
        if doing == "close":
            return self._documents.pop(number).close()
        if doing not in OPERATIONS:
            raise ValueError(f"no such operation: {doing}")
        return getattr(self._documents[number], doing)(**order)

    def _open(self, path: Path) -> int:
        component = self._office.loadComponentFromURL(path.as_uri(), "_blank", 0, properties(Hidden=True))
        if component is None:
            raise ValueError(f"cannot be opened: {path.name}")
        self._opened += 1
        self._documents[self._opened] = Document(component)
        return self._opened


def main() -> None:
    program, profile = sys.argv[1:]
    process, pipe = start(program, Path(profile))
    office = None
    try:
        office = desktop(process, pipe)
        say({"answer": "ready"})
        session = Session(office)
        for line in sys.stdin:
            try:
                say({"answer": session.carry_out(json.loads(line))})
            except Exception as error:  # noqa: BLE001 - whatever goes wrong is the caller's to hear
                say({"problem": f"{type(error).__name__}: {error}"})
    finally:
        end(process, office)


def end(process: subprocess.Popen[bytes], office: Any) -> None:
    """Ask the program to quit, which also ends the processes it started; then insist."""
    try:
        if office is not None:
            office.terminate()
        process.wait(PATIENCE_SECONDS)
    except Exception:  # noqa: BLE001 - it may end while it is being asked
        process.kill()


def say(words: dict[str, Any]) -> None:
    print(json.dumps(words, ensure_ascii=True), flush=True)  # noqa: T201 - its output is its voice


if __name__ == "__main__":
    main()
