"""A project: a folder with `config/`, `jobs/` and `workbook_templates/`, and what its settings say."""

from sheets_pipeline.project.folder import Project, find_project, open_project
from sheets_pipeline.project.starter import lay_out_project, starter_folder

__all__ = ["Project", "find_project", "lay_out_project", "open_project", "starter_folder"]
