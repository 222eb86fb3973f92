"""`check`: read and validate without storing."""

from __future__ import annotations

from pathlib import Path

import click

from sheets_pipeline.cli.frame import DATA_HAS_ERRORS, Frame, framed
from sheets_pipeline.cli.printing import print_file
from sheets_pipeline.errors import ProjectError


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--feedback", type=click.Path(path_type=Path), help="Write feedback workbooks to this folder.")
@click.option("--cells", is_flag=True, help="Add what the reader saw (with --json).")
@framed
def check(frame: Frame, files: tuple[Path, ...], feedback: Path | None, cells: bool) -> int:  # noqa: FBT001 - a flag
    """Read and validate files without storing anything: what an organisation runs before it sends.

    \b
    Example:  sheets-pipeline check 9901_exempelby_infor-traff-1.xlsx
    """
    from sheets_pipeline.pipeline.checking import check as check_files
    from sheets_pipeline.pipeline.receipts import file_json
    from sheets_pipeline.project import Project, starter_folder

    try:
        project = frame.project
    except ProjectError:
        if frame.folder is not None:
            raise
        project = frame.project = Project(starter_folder())
    listed, worst = [], 0
    checked = check_files(project, files, frame.as_of, feedback=feedback, with_cells=cells, round_id=frame.round_id)
    for one in checked:
        listed += file_json(one.judged, frame.lang)
        worst = worst if one.judged.verdict == "accepted" else DATA_HAS_ERRORS
        if not frame.as_json:
            print_file(frame, one.judged, one.feedback)
    if frame.as_json:
        frame.print_json({"files": listed})
    return worst
