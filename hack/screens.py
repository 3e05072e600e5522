#!/usr/bin/env python3
"""A terminal's screen (tmux capture-pane -p -e) as an SVG: stdin to stdout. Knows the sixteen colours and bold."""

import html
import re
import sys

COLORS = ["#484f58", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4"]
BACKGROUND, FOREGROUND = "#0d1117", "#e6edf3"
WIDTH, HEIGHT, EDGE = 8.43, 19, 14
CODE = re.compile("\x1b\\[([0-9;]*)m")


def style(codes, before):
    """The colour and weight after some SGR codes."""
    color, bold = before
    for code in (int(code or 0) for code in codes.split(";")):
        if code == 0:
            color, bold = FOREGROUND, False
        elif code == 1:
            bold = True
        elif code == 2:
            color = COLORS[7]
        elif 30 <= code <= 37 or 90 <= code <= 97:
            color = COLORS[code % 10]
        elif code == 39:
            color = FOREGROUND
    return color, bold


def spans(line, now):
    """The pieces of a line, each with its column, and the style at its end."""
    pieces, column = [], 0
    for at, part in enumerate(CODE.split(line)):
        if at % 2:
            now = style(part, now)
        elif part:
            pieces.append((column, part, now))
            column += len(part)
    return pieces, now


def main():
    lines = sys.stdin.read().replace("\x0f", "").rstrip("\n ").split("\n")
    now, texts, columns = (FOREGROUND, False), [], 0
    for row, line in enumerate(lines):
        pieces, now = spans(line, now)
        for column, part, (color, bold) in pieces:
            columns = max(columns, column + len(part.rstrip()))
            weight = ' font-weight="bold"' if bold else ""
            x, y = EDGE + column * WIDTH, EDGE + (row + 1) * HEIGHT - 5
            texts.append(f'<text x="{x:.1f}" y="{y}" fill="{color}"{weight}>{html.escape(part)}</text>')
    width, height = columns * WIDTH + 2 * EDGE, len(lines) * HEIGHT + 2 * EDGE
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}">')
    print(f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>')
    print('<g font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14" xml:space="preserve">')
    print("\n".join(texts))
    print("</g>\n</svg>")


main()
