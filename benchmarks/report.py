#!/usr/bin/env python3
"""Renders what ./motorwatch bench printed: report.py RESULTS.jsonl PERFORMANCE.md

Replaces each table of the page, between "<!-- table: BENCH -->" and "<!-- end -->", by one of the
results of that benchmark, and writes the charts beside the page, into a folder of its name. A
benchmark without results keeps what the page has. Needs Python 3 and nothing else.
"""

import json
import pathlib
import re
import sys
from xml.sax.saxutils import escape

# File, title with unit, benchmarks, member that is drawn, variants to leave out.
CHARTS = [
    ("rivals", "Overload and stall: processor seconds for a million readings",
     ["cep-vs-naive", "cep-vs-esper", "cep-vs-siddhi"], "cpuSecondsPerMillion", []),
    ("stages", "Processor seconds for a million messages, up to each stage",
     ["stages"], "cpuSecondsPerMillion", []),
    ("scale", "Whole job: processor seconds for a million messages", ["scale"], "cpuSecondsPerMillion", []),
    ("end-to-end", "From publish to alert, 99 of 100, milliseconds", ["end-to-end"], "p99Ms", ["trial"]),
    ("recovery", "From the kill to the first alarm, milliseconds", ["recovery"], "firstAlarmMs", []),
    ("hot-paths", "Nanoseconds for one reading", ["hot-paths"], "nanosPerReading", []),
]

# What tells two bars of one variant apart.
SETTINGS = ["devices", "parallelism", "backend"]

BAR, GAP, LEFT, WIDTH, TOP = 18, 6, 260, 420, 40


def number(value):
    if isinstance(value, str):
        return value
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"


def table(results):
    columns = []
    for result in results:
        columns += [name for name in result if name != "bench" and name not in columns]
    # What is the same in each line is said once, by the columns' order: first what differs.
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    for result in results:
        cells = [number(result[name]) if name in result else "" for name in columns]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def label(result, several):
    words = [result["bench"]] if several else []
    words.append(result["variant"])
    words += [f"{number(result[name])} {name}" if name != "backend" else result[name]
              for name in SETTINGS if name in result]
    return ", ".join(dict.fromkeys(words))


def chart(title, bars):
    most = max(value for _, value in bars) or 1
    height = TOP + len(bars) * (BAR + GAP)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 90}" height="{height}" '
             'font-family="sans-serif" font-size="12">',
             '<rect width="100%" height="100%" fill="white"/>',
             f'<text x="8" y="20" font-size="14">{escape(title)}</text>']
    for place, (name, value) in enumerate(bars):
        y = TOP + place * (BAR + GAP)
        length = WIDTH * value / most
        parts.append(f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="{BAR}" fill="#3b76af"/>')
        parts.append(f'<text x="{LEFT + length + 6:.1f}" y="{y + 13}">{number(value)}</text>')
    return "\n".join(parts + ["</svg>\n"])


def main(results_file, page_file):
    page = pathlib.Path(page_file)
    lines = pathlib.Path(results_file).read_text(encoding="utf-8").splitlines()
    results = [json.loads(line) for line in lines if line.startswith("{")]
    text = page.read_text(encoding="utf-8")
    for bench in dict.fromkeys(result["bench"] for result in results):
        own = table([result for result in results if result["bench"] == bench])
        mark = re.compile(f"(<!-- table: {re.escape(bench)} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not mark.search(text):
            sys.exit(f"report.py: {page} has no place for {bench}: add <!-- table: {bench} --> and <!-- end -->")
        text = mark.sub(lambda found: f"{found[1]}\n{own}\n\n{found[2]}", text)
    page.write_text(text, encoding="utf-8")
    folder = page.with_suffix("")
    folder.mkdir(exist_ok=True)
    for name, title, benches, member, without in CHARTS:
        bars = [(label(result, len(benches) > 1), result[member]) for result in results
                if result["bench"] in benches and member in result and result["variant"] not in without]
        if bars:
            (folder / f"{name}.svg").write_text(chart(title, bars), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
