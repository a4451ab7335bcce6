"""The names of elements, and words in class and id, that readers of pages go by."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


MUTE = _names(
    "script style noscript template iframe object embed applet canvas svg video audio "
    "button select input textarea option datalist map dialog menu meta link base rp "
    "frame frameset head title"
)
"""Elements that say nothing on the page."""
ASIDE = _names("nav footer aside header")
"""Elements that are not the text by their name."""
ROLES = _names(
    "navigation banner contentinfo search complementary menu menubar toolbar dialog "
    "alert"
)
WORDS = _names(
    "nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs header "
    "head footer foot copyright sidebar aside share sharing bdshare toolbar tools "
    "related recommend comment comments pager pagination paging search searchbox "
    "login banner advert ad ads qrcode ewm erweima print fontsize friendlink "
    "friendlinks links skip topbar bottombar weizhi dqwz daohang"
)
"""Words in class and id by which what is not the text is often called."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = _names(
    "div section article main td th table ul ol dl p center form fieldset blockquote "
    "li dd dt h1 h2 h3 h4 h5 h6 header footer nav aside"
)
"""Elements that may be parts of a page."""
WRAPPERS = _names(
    "body div section article main table tbody tr td form center font span"
)
"""Elements that the text of a page may be inside of."""
BREAKS = BLOCKS | _names(
    "address body caption details figcaption figure hr html pre summary tbody tfoot "
    "thead tr"
)
"""Elements that begin and end a line."""
TITLED = _names("title tit biaoti headline bt")
"""Words in class and id by which a title is often called."""
