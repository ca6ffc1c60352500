"""The elements of HTML: what each does to the text that is read, whatever page it stands in."""

import msgspec


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VOID = _set("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
#: Elements that begin and end a block of text.
BLOCKS = _set(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup "
    "option p plaintext pre search section select summary table tbody tfoot thead title tr ul xmp"
)
_CELLS = _set("td th")
#: Elements whose content is no markup: it ends at their end tag alone.
_RAW = _set("iframe noembed noframes plaintext script style textarea title xmp")
SHOWN_RAW = _set("plaintext textarea xmp")
#: Elements that a browser with scripts does not show.
_UNSEEN = _set("audio canvas datalist head noscript object template video")
#: What may stand in the head of a page; any other start tag ends it.
IN_HEAD = _set("base basefont bgsound head link meta noscript object script style template title")
#: Elements whose text is not the article's, and those that say what kind of text theirs is.
CONTEXTS = _set("aside button figcaption footer form header label nav option select")
#: Elements that no article stands in, those that hold code, and those that comments or hidden parts are held by.
_ASIDE = _set("aside nav footer select svg")
CODE = _set("script style iframe")
_HOLDERS = _set("div ol section ul")
#: Elements whose attributes say what the page is.
_TELLING = _set("base body html link meta time")
_P_ENDS = BLOCKS - _set("body button html option optgroup legend caption tr tbody thead tfoot title")
#: Element -> those that its start tag ends.
_SIBLINGS = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "option": ("option",), "tr": ("tr", "td", "th"),
    "td": ("td", "th"), "th": ("td", "th"), "body": ("head",), "tbody": ("tr", "td", "th", "tbody", "thead"),
    "a": ("a",),
}  # fmt: skip
#: How strongly an element parts the text before it from the text behind it.
BLANK, CELL, LINE, PARAGRAPH = 1, 2, 3, 4
_STRENGTHS = dict.fromkeys(BLOCKS, PARAGRAPH) | {
    "br": LINE,
    "tr": LINE,
    "option": LINE,
    "td": CELL,
    "th": CELL,
    "img": BLANK,
    "input": BLANK,
}


class Role(msgspec.Struct, frozen=True, gc=False):
    """What an element is, out of the sets above: looked up once for each tag, where a dozen sets would be."""

    special: bool = False
    block: bool = False
    strength: int = 0
    void: bool = False
    raw: bool = False
    unseen: bool = False
    telling: bool = False
    context: bool = False
    apart: bool = False
    holder: bool = False
    ends_p: bool = False
    ends: tuple[str, ...] = ()


def _role(name: str) -> Role:
    return Role(
        special=True,
        block=name in BLOCKS,
        strength=_STRENGTHS.get(name, 0),
        void=name in _VOID,
        raw=name in _RAW,
        unseen=name in _UNSEEN,
        telling=name in _TELLING,
        context=name in CONTEXTS,
        apart=name in _ASIDE,
        holder=name in _HOLDERS,
        ends_p=name in _P_ENDS,
        ends=_SIBLINGS.get(name, ()),
    )


#: Elements that are more than a stretch of their parent, and the role of all others.
ROLES = {
    name: _role(name)
    for name in BLOCKS | _VOID | _RAW | _UNSEEN | _TELLING | CONTEXTS | _CELLS | _ASIDE | _SIBLINGS.keys()
}
PLAIN = Role()
