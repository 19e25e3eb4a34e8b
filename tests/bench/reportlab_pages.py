"""ReportLab makes the same pages: the same words, the same pictures, the same fonts, no ASCII85, compression on."""

import json
import resource
import sys
import time
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

FONTS = {
    "sans": "NotoSans-Regular.ttf",
    "arabic": "NotoSansArabic-Regular.ttf",
    "devanagari": "NotoSansDevanagari-Regular.ttf",
    "hebrew": "NotoSansHebrew-Regular.ttf",
    "symbols": "NotoSansSymbols2-Regular.ttf",
}


def main():
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rl_config.useA85 = 0
    start = time.perf_counter()
    for name, file in FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(Path(plan["fonts"]) / file)))
    size = sum(write(file, Path(plan["out"])) for file in plan["files"])
    took = (time.perf_counter() - start) * 1e3
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"ms": took, "bytes": size, "peak_mb": peak}))


def write(file, out):
    path = out / file["name"]
    width, height = A4
    pages = canvas.Canvas(str(path), pagesize=A4, pageCompression=1)
    for page in file["pages"]:
        top = height - 30
        for line in page["lines"]:
            pages.setFont(font_for(line), 8)
            pages.drawString(60, top, line)
            top -= 9.5
        for picture in page["pictures"]:
            wide = width - 120
            tall = wide * 1080 / 1920
            pages.drawImage(picture, 60, max(30, top - tall), wide, tall)
            top -= tall + 10
        pages.showPage()
    pages.save()
    return path.stat().st_size


def font_for(line):
    for letter in line:
        code = ord(letter)
        if 0x0600 <= code < 0x0700:
            return "arabic"
        if 0x0900 <= code < 0x0980:
            return "devanagari"
        if 0x0590 <= code < 0x0600:
            return "hebrew"
    return "sans"


main()
