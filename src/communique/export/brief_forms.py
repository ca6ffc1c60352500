"""The forms of the brief by name; each writer is loaded when it is wanted."""

from communique.errors import UsageError
from communique.export.brief import Brief


def write(brief: Brief, form: str) -> bytes:
    """A brief as the bytes of a file: `md`, `html`, `docx` or `json`.

    Raises:
        UsageError: there is no such form.
    """
    if form == "docx":
        from communique.export.brief_docx import as_docx  # noqa: PLC0415 - half a second to load

        return as_docx(brief)
    if form == "html":
        from communique.export.brief_html import as_html  # noqa: PLC0415 - seldom wanted

        return as_html(brief).encode()
    if form == "json":
        from communique.export.brief_json import as_json  # noqa: PLC0415 - seldom wanted

        return as_json(brief)
    if form == "md":
        return brief.markdown.encode()
    message = f"--format {form}: a brief is md, html, docx or json"
    raise UsageError(message)
