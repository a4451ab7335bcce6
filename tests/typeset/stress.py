# ruff: noqa: E501  (a document, not code)
"""One document with all that can stand in a line or around it."""

from __future__ import annotations

WORDS = (
    "为了推动党史学习教育常态化长效化，推动全党全社会学好党史、用好党史，从党的历史中"
    "汲取智慧和力量，弘扬伟大建党精神，传承红色基因，赓续红色血脉，制定本条例。"
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="12" height="12">'
    '<circle cx="6" cy="6" r="5"/></svg>'
)
CSS = """
span, a, b, code, sup, i { line-height: 0 }
a { color: #00c }
.bordered { border: 1px solid #c00; padding: 0 .3em; background: #fee }
.note { float: footnote; font-size: 9pt; line-height: 13.5pt; text-indent: 0 }
.columns { column-count: 2; column-gap: 12pt }
.right { float: right; width: 90pt; height: 60pt; background: #ddd }
.left { float: left; width: 60pt; height: 40pt; background: #ddd }
ruby { display: inline-block; position: relative; line-height: 0; text-indent: 0 }
rt { position: absolute; font-size: .5em; top: -1.4em; left: 0 }
.spaced { letter-spacing: .1em }
.mark::before { content: counter(item) "、"; counter-increment: item }
.anchor { position: relative } .anchor i { position: absolute; top: -9pt; left: 0; font-size: 6pt }
.clause { margin-left: 2em }
.narrow td { width: 40pt; border: 1px solid; text-indent: 0; padding: 2pt }
.centred { text-align: center; text-indent: 0 }
.toc a::after { content: leader(".") " " target-counter(attr(href), page) }
.nowrap { white-space: nowrap }
.under { text-decoration: underline }
"""
BODY = f"""
<h2 id="top">第一章　总　则</h2>
<p>{WORDS}<a href="#end">见第二十五条“附则”的规定</a>，以及<b>加粗的“文字”</b>、<code>code</code>
和<a href="https://example.org/">外部链接《中国共产党章程》</a>。{WORDS}</p>
<p>注释<span class="note">这是一条脚注，说明“党史”一词的来历，足够长，要折到第二行去才可以，所以再写几个字。</span>之后
继续，{WORDS}公式E=mc<sup>2</sup>，图{PICTURE}形，<span class="bordered">{WORDS}</span>结束。</p>
<p><ruby>党史<rt>dǎng shǐ</rt></ruby>学习<ruby>教育<rt>jiào yù</rt></ruby>，{WORDS}第一行<br>换行之后的文字，
{WORDS}<br><br>空行之后。</p>
<ul><li>{WORDS}</li><li class="mark">《甲》《乙》（丙）“丁”：戊——己……庚。</li></ul>
<ol><li>一项<ol><li>{WORDS}</li></ol></li></ol>
<table class="narrow"><tr><td>党史学习教育工作条例</td><td>2024年1月18日</td>
<td>《中国共产党章程》规定：“全党”</td><td>HTTP Server</td></tr></table>
<div class="columns"><p>{WORDS}{WORDS}</p><p>{WORDS}</p></div>
<div class="right"></div><p>{WORDS}{WORDS}</p><p class="left"></p><p>{WORDS}{WORDS}</p>
<p><span class="left"></span>{WORDS}{WORDS}</p>
<p class="spaced">{WORDS}</p>
<p class="anchor">{WORDS}<i>注</i>{WORDS}</p>
<p class="centred">这是一个很长的居中标题需要折行因为它超过了版心的宽度所以折行要匀称</p>
<p class="toc"><a href="#end">《附则》目录项</a></p>
<p>行内<span class="nowrap">不可以折开的一串文字在这里</span>，<span class="under">下划线“文字”，</span>之后。
{WORDS}<span class="under">{WORDS}</span></p>
<p><a id="empty"></a>{WORDS}<span></span><a href="#top">{WORDS}</a></p>
{"".join(f"<p>{WORDS}</p>" for _ in range(12))}
<p id="end">2024年1月18日，中共中央政治局常委会会议审议批准；GB/T 15834—2011，
第3.5版，共100%，约-5℃，价￥100。——完……</p>
"""
