"""Where a text holds what machines wrote: code, markup, data, logs, traces. Nobody says it of
himself."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_CUE = re.compile(r"[`{}<=\[]|Traceback|Exception|Error|\d:\d\d:\d|:\n")
"""Most texts hold none of these, and are done with."""

_FENCED = re.compile(r"(`{3,}|~{3,}).*?(?:\1|\Z)", re.DOTALL)
_MARKUP = re.compile(r"<([a-zA-Z][\w-]*)\b[^<>]{0,500}>.*</\1\s*>|<[a-zA-Z/!][^<>@\n]*>", re.DOTALL)
_OPENING = re.compile(r"[{\[]\s*(?:[{\[]|[\"'“]|\w+\s*:)")
_BRACKETS = re.compile(r"[{}\[\]]")
_TOOL_WORD = (
    r"(?:tool|function|result|output|herramienta|resultado|salida|strumento|risultato|werkzeug"
    r"|ergebnis|ausgabe|outil|résultat|sortie)\w*"
)
_TOOL = re.compile(
    rf"^[ \t]*[\[{{]+[^\]}}\n]*\b{_TOOL_WORD}\b[^\]}}\n]*[\]}}]+.*?"
    r"(?:^[ \t]*[\[{]+[^\]}\n]*[\]}]+[ \t]*$|\n[ \t]*\n|\Z)"
    rf"|^[ \t]*={{2,}}[^=\n]*\b{_TOOL_WORD}\b[^=\n]*=.*?"
    r"(?:^[ \t]*={2,}[^\n]*={2,}[ \t]*$|\n[ \t]*\n|\Z)"
    rf"|^[ \t]*{_TOOL_WORD} [^\n]{{1,60}}:[ \t]*\n.*?(?:\n[ \t]*\n|\Z)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
"""What a line says to come from a tool, to a line that ends it or to the next empty one."""
_TRACE = re.compile(
    r"^[ \t]*Traceback \(most recent call last\):\n(?:[ \t]+.*\n?)*"
    r"(?:\S+(?:Error|Exception|Warning)\b.*)?"
    r"|^.*\bException in thread\b.*$|^[ \t]+at [\w$.<>]+\(.*\)$"
    r"|^(?:\w+\.)+\w*(?:Error|Exception)\b.*$"
    r"|^[ \t]*File \".*\", line \d+.*$",
    re.MULTILINE,
)
_LOG = re.compile(
    r"^\W{0,2}\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*[ \t]+.*$"
    r"|^\W{0,2}(?:[\w./-]+ +){0,3}\d\d:\d\d:\d\d\S*[ \t]+.*$"
    r"|^\W{0,2}(?:DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|TRACE)\b[\]: \t].*$"
    r"|^(?:.*?\b[\w.-]+=\S+){3,}.*$",
    re.MULTILINE,
)
_CODE = re.compile(
    r"^[ \t]*(?:def \w+\(.*|class \w+.*:|import [\w.]+.*|from [\w.]+ import .*|#include .*"
    r"|return\b.*;"
    r"|(?:const|let|var|public|private|static|function)\b.*[;{(]\s*|SELECT\b.*\bFROM\b.*"
    r"|(?:if|for|while)\b.*[:{]|\w[\w.]*\(.*\);?|\w[\w.\[\]]* ?= ?[^=\s].*[;)\]}\"'])[ \t]*$",
    re.MULTILINE,
)

LONGEST = 200_000
"""Characters of data in brackets that are followed to their end."""


def noise(text: str) -> Iterator[Span]:
    """The places of what machines wrote, in no order; they may overlap. Nothing for most texts."""
    if not _CUE.search(text):
        return
    for pattern in (_FENCED, _MARKUP, _TOOL, _TRACE, _LOG, _CODE):
        yield from (found.span() for found in pattern.finditer(text))
    yield from _data(text)


def _data(text: str) -> Iterator[Span]:
    """JSON and what looks like it, to the bracket that closes it, or else to the end."""
    end = 0
    for opening in _OPENING.finditer(text):
        start = opening.start()
        if start < end:
            continue
        depth = 0
        end = len(text)
        for bracket in _BRACKETS.finditer(text, start, start + LONGEST):
            depth += 1 if bracket[0] in "{[" else -1
            if depth <= 0:
                end = bracket.end()
                break
        yield start, end
