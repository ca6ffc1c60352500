"""The brief as one HTML file: its own small style, no script, no request to anywhere, every value escaped."""

import html

from communique.export.brief import FOR_THE_OFFICER, Brief, notes_of
from communique.export.phrases import visible

#: The style of the page; `brief_read` knows it again, and takes any other for a change.
STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.45 Georgia,"Times New Roman",serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.35rem;margin:0 0 1rem}
h2{font-size:1rem;margin:1.1rem 0 .3rem;border-bottom:1px solid}
ul{margin:.2rem 0;padding-left:1.1rem}
li{margin:.15rem 0}
p{margin:.3rem 0}
sup{font-size:.7em;line-height:0;margin-left:.25em}
footer{margin-top:1.2rem;border-top:1px solid;font-size:.85em}
ol{font-size:.8em;padding-left:2.2rem;overflow-wrap:anywhere}
@page{size:A4;margin:12mm}
@media print{body{margin:0;padding:0;max-width:none;font-size:9pt;line-height:1.25}}
@media print{a{color:inherit;text-decoration:none}}
@media print{h1{font-size:12pt;margin:0 0 .5rem}h2{font-size:10pt;margin:.5rem 0 .1rem;break-after:avoid}}
@media print{li{margin:0}footer{margin-top:.5rem}p{margin:.1rem 0}}
"""


def as_html(brief: Brief) -> str:
    """A brief as HTML. It is read without a network, and prints."""
    notes, marks = notes_of(brief)
    own = _marks((marks.stamp,))
    body = [f"<h1>{_value(brief.title)}{own}</h1>"]
    for section, numbers in zip(brief.sections, marks.lines, strict=True):
        body.append(f"<h2>{html.escape(section.title)}</h2>")
        lines = [f"<li>{_value(x.text)}{_marks(n)}</li>" for x, n in zip(section.lines, numbers, strict=True)]
        empty = f"{_value(section.empty)}{own}" if section.empty else html.escape(FOR_THE_OFFICER)
        body += ["<ul>", *lines, "</ul>"] if lines else [f"<p>{empty}</p>"]
    body += ["<footer>", *(f"<p>{_value(line)}{own}</p>" for line in brief.foot), "<ol>"]
    body += [f'<li id="n{note.number}" value="{note.number}">{_value(note.text)}</li>' for note in notes]
    body += ["</ol>", "</footer>"]
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{html.escape(visible(brief.title))}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )
    return head + "\n".join(body) + "\n</body>\n</html>\n"


def _value(text: str) -> str:
    """A value with its controls as marks, and its direction kept to itself."""
    return f"<bdi>{html.escape(visible(text))}</bdi>"


def _marks(numbers: tuple[int, ...]) -> str:
    return "".join(f'<sup><a href="#n{n}">{n}</a></sup>' for n in numbers)
