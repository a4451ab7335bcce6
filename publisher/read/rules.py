"""What reading can report: the rules of family R, one constant each.

An example is the text of a file; where the bytes matter it is written as they decode:
lone surrogates stand for bytes that are not UTF-8 (PEP 383).
"""

from __future__ import annotations

from publisher.diagnostics import Rule, Severity, Words

EMPTY = Rule(
    "R001",
    "empty-source",
    Severity.ERROR,
    Words(
        "文件里没有文字，做不成书。多半是文件给错了，或传输中断。",
        "There is no text in the file, so there is nothing to print. Most likely the "
        "wrong file was given, or its transfer was cut short.",
    ),
    "\n\n",
    Words("换上有文字的文件。", "Give the file that holds the text."),
)
BINARY = Rule(
    "R002",
    "binary-source",
    Severity.ERROR,
    Words(
        "文件不是文本（可能是图片、PDF 或压缩包），里面的字节没有当作文字排印。",
        "The file is not text (it may be a picture, a PDF or an archive). Its bytes "
        "are kept, but none of them is taken for text.",
    ),
    "\x00\x01\x02\x00\x03",
    Words(
        "先把文件转成 UTF-8 文本或 Markdown。",
        "Convert it to UTF-8 text or Markdown first.",
    ),
)
UNDECODABLE = Rule(
    "R003",
    "undecodable-bytes",
    Severity.ERROR,
    Words(
        "有字节按 UTF-8 读不成字，这些字节原样保留，但不排印，文字可能因此残缺。",
        "Some bytes are not UTF-8. They are kept but not printed, so the text may "
        "lack characters there.",
    ),
    "第一条 为了规范管理，制定本条例。\n\n第二条 本条例自公布之日起施\udce8\udca1。\n",
    Words("用原编码另存为 UTF-8，再试一次。", "Save the file again as UTF-8."),
)
GUESSED = Rule(
    "R004",
    "guessed-encoding",
    Severity.WARNING,
    Words(
        "文件不是 UTF-8，换一种编码（GB18030、Big5 等）读出来像中文，就这样用了。"
        "猜编码可能出错。",
        "The file is not UTF-8; read in another encoding (GB18030, Big5 …) it looks "
        "like Chinese, so that was used. A guessed encoding can be wrong.",
    ),
    "第一条 为了规范管理，制定本条例。\n",
    Words("核对后另存为 UTF-8。", "Look it over and save it as UTF-8."),
)
CONTROL = Rule(
    "R005",
    "control-characters",
    Severity.WARNING,
    Words(
        "文中夹着不可印的控制字符，它们原样保留在版式里，不排印。",
        "There are control characters in the text. They are kept as layout and are "
        "not printed, since no output format may hold them.",
    ),
    "第一条 甲\x07乙。",
    Words("在来源处删去这些字符。", "Remove them where the text came from."),
)
HOSTILE = Rule(
    "R006",
    "hostile-file",
    Severity.ERROR,
    Words(
        "文件的构造像是攻击：压缩炸弹、越出文件夹的路径、实体声明、过深的嵌套或过大的属性。"
        "为安全起见整份没有读。",
        "The file is built as attacks are: an archive that swells, paths that lead "
        "elsewhere, declared entities, nesting without end, huge attributes. None of "
        "it was read.",
    ),
    '<!DOCTYPE html [<!ENTITY a "aaa">]><p>第一条 &a;</p>\n',
    Words(
        "从可靠的来源重新取得文件，或另存为纯文本。",
        "Get the file again from a source you trust, or save it as plain text.",
    ),
)
UNREADABLE = Rule(
    "R007",
    "unreadable-file",
    Severity.ERROR,
    Words(
        "文件名说是这种格式，内容却不是，或已损坏，读不出文字。",
        "The file is not what its name says, or is damaged; no text can be had of it.",
    ),
    "这不是 Word 文件。\n",
    Words(
        "用 Word 或浏览器打开，另存一份再试；旧式 .doc 须先另存为 .docx；"
        "EPUB 须重新导出。",
        "Open it in Word or a browser and save it again; an old .doc must be saved as "
        ".docx first, and an EPUB be made anew.",
    ),
)
EPUB_CURE = Words(
    "请重新导出这个 EPUB，或重新取一份；这样的阅读器打不开。",
    "Export the EPUB anew, or get another copy: no reading system will open this.",
)
"""What to do where a finished EPUB cannot be looked into."""
FURNITURE = Rule(
    "R008",
    "page-furniture",
    Severity.NOTE,
    Words(
        "网页里的导航、分享按钮之类，夹在文字里的页码和页眉页脚，不是正文，没有读入。",
        "Navigation, buttons and the like of a web page, and folios, heads and feet of "
        "pages between the lines of a text are not the text, and were left out.",
    ),
    "<nav><a href='/'>首页</a> <a href='/b'>政策</a></nav><h1>某条例</h1>"
    "<p>第一条 为了规范管理，制定本条例。</p><p>第二条 本条例自公布之日起施行。</p>\n",
    Words(
        "核对略去的字里有没有正文；网页里有，就把正文另存为文本。",
        "See whether any of it is text after all; if so save a page's text by itself.",
    ),
)
LEFT_OUT = Rule(
    "R009",
    "left-out",
    Severity.WARNING,
    Words(
        "Word 文件里有修订痕迹、批注、公式、文本框或嵌入对象，其中有的没有读入文字。",
        "The Word file has tracked changes, comments, formulas, text boxes or embedded "
        "objects, and not all of them could be read as text.",
    ),
    "（含有修订痕迹的 Word 文件）",
    Words(
        "在 Word 里接受修订、删去批注，把图形里的文字移到正文。",
        "In Word accept the changes, remove the comments, and move words out of "
        "drawings into the text.",
    ),
)
TRUNCATED = Rule(
    "R010",
    "truncated",
    Severity.ERROR,
    Words(
        "一段文字没有收尾的标点，全文也没有哪一段能接上。缺的字不会补造。",
        "A paragraph ends without a stop and nothing in the files continues it. What "
        "is missing stays missing.",
    ),
    "# 某条例\n\n第一条 为了规范管理，制定本条例。\n\n"
    "第二条 有关部门应当按照规定，组织开展宣传\n",
    Words(
        "找到下文所在的版面补上，或在 book.toml 里写明理由予以允许。",
        "Add the page that has the rest, or allow it in book.toml with a reason.",
    ),
)
HEAD_MISSING = Rule(
    "R011",
    "head-missing",
    Severity.ERROR,
    Words(
        "这篇文字上接别的版面，开头不在文件里。",
        "The document goes on from another page; its beginning is not in the files.",
    ),
    "（上接第1版）会议强调，要抓好落实。\n",
    Words("补上前一版，或在书里略去这篇。", "Add that page, or leave it out by name."),
)
INTERLEAVED = Rule(
    "R012",
    "interleaved",
    Severity.NOTE,
    Words(
        "几篇文字在版面上互相穿插，已按文意分开。请核对每篇的段落归属。",
        "Documents alternate on the page and were told apart by what they say. "
        "Please look over which paragraph went where.",
    ),
    "# 甲条例\n\n第一条 为了规范管理，制定本条例。\n\n"
    "近日，《甲条例》公布，负责人回答了记者提问。\n\n"
    "问：为什么制定条例？\n\n第二条 本条例自公布之日起施行。\n\n答：为了规范管理。\n",
    Words("用 publisher outline 看分篇结果。", "See what `publisher outline` says."),
)
AMBIGUOUS = Rule(
    "R013",
    "ambiguous-join",
    Severity.WARNING,
    Words(
        "断开的一段接在何处不止一种可能，选了较像的一种。",
        "A broken paragraph could go on at more than one place; the likelier was "
        "taken.",
    ),
    "（上接第1版）会议强调，要抓好各项工作落实，不断\n\n（上接第2版）大家表示，将认真学习有关精神，努力\n\n"
    "推进各项工作取得实效。\n",
    Words(
        "对照原版面，看哪一处接得上；现在怎么接的，见 publisher outline。用 publisher "
        "review 定接不接，决定写在 decisions.toml。",
        "Look at both on the printed page; publisher outline shows how they are joined "
        "now. Say with publisher review whether they are; decisions.toml keeps it.",
    ),
)
DUPLICATE = Rule(
    "R014",
    "duplicate-number",
    Severity.ERROR,
    Words(
        "两处用了同一个编号，后一处的标识加了 -dup2。可能是两篇混在一起，或编号有误。",
        "Two provisions have one number; the second is called -dup2. Two documents "
        "may be mixed, or a number is misread.",
    ),
    "# 某条例\n\n第一条 甲部门负责。\n\n第一条 乙部门负责。\n",
    Words(
        "对照原文核对编号：认错的字在 decisions.toml 里改正；来源确实如此的，在 "
        "book.toml 里写明理由予以允许。",
        "Compare the numbers with the original. Correct a misread one in "
        "decisions.toml; if the source has it so, allow it in book.toml with a reason.",
    ),
)
UNTITLED = Rule(
    "R015",
    "untitled",
    Severity.NOTE,
    Words(
        "这篇文字在来源里没有标题。标题由编者给，不会自动拟。",
        "The document has no title in the source. The editor gives one; none is made "
        "up.",
    ),
    "第一条 为了规范管理，制定本条例。\n\n第二条 本条例自公布之日起施行。\n",
    Words("在 book.toml 的 [[document]] 里写 title。", "Write `title` in book.toml."),
)
DOUBTFUL_FOLIO = Rule(
    "R016",
    "doubtful-folio",
    Severity.WARNING,
    Words(
        "一行里只有一个数，像页码，也可能是正文，现在当作正文排印。",
        "A line is nothing but a number: a page's perhaps, or the text's own. It is "
        "taken for text.",
    ),
    "第一条 为了规范管理，制定本条例。\n\n4\n\n第二条 本条例自公布之日起施行。\n",
    Words(
        "对照原件；是页码的，在 decisions.toml 里写明，就不再排印。",
        "Compare the original; if it is a page's number, say so in decisions.toml, and "
        "it is not printed.",
    ),
)
RULES: tuple[Rule, ...] = (
    EMPTY,
    BINARY,
    UNDECODABLE,
    GUESSED,
    CONTROL,
    HOSTILE,
    UNREADABLE,
    FURNITURE,
    LEFT_OUT,
    TRUNCATED,
    HEAD_MISSING,
    INTERLEAVED,
    AMBIGUOUS,
    DUPLICATE,
    UNTITLED,
    DOUBTFUL_FOLIO,
)
UNREAD = frozenset({EMPTY, BINARY, UNDECODABLE, HOSTILE, UNREADABLE})
"""Those that say that no text could be had of a file."""
