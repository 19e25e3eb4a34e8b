#!/usr/bin/env python3
"""Draws every size of the icon from its two sources. Needs rsvg-convert; see README.md."""

import pathlib
import struct
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
# Below 48 px the drawing with the disc is no longer legible.
SMALL = {16, 32}
SIZES = [16, 32, 48, 64, 128, 256, 512]
ICO_SIZES = [16, 32, 48, 64, 128, 256]
# Types of Apple's icon container whose content is a PNG file, with the size in pixels.
ICNS_TYPES = [
    ("icp4", 16),
    ("icp5", 32),
    ("ic11", 32),
    ("ic12", 64),
    ("ic07", 128),
    ("ic13", 256),
    ("ic08", 256),
    ("ic14", 512),
    ("ic09", 512),
    ("ic10", 1024),
]


def drawn(size: int) -> bytes:
    source = HERE / ("icon-small.svg" if size in SMALL else "icon.svg")
    command = ["rsvg-convert", f"--width={size}", f"--height={size}", "--format=png", str(source)]
    png = subprocess.run(command, check=True, capture_output=True).stdout
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    if (width, height, depth, colour) != (size, size, 8, 6):
        raise SystemExit(f"{size} px is not 32-bit RGBA: {width} x {height}, {depth} bits, type {colour}")
    return png


def ico(pictures: dict[int, bytes]) -> bytes:
    head = struct.pack("<HHH", 0, 1, len(ICO_SIZES))
    start = len(head) + 16 * len(ICO_SIZES)
    entries = b""
    content = b""
    for size in ICO_SIZES:
        png = pictures[size]
        side = size % 256  # 256 is written as 0.
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(png), start + len(content))
        content += png
    return head + entries + content


def icns(pictures: dict[int, bytes]) -> bytes:
    content = b"".join(
        kind.encode() + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for kind, size in ICNS_TYPES
    )
    return b"icns" + struct.pack(">I", 8 + len(content)) + content


def main() -> None:
    pictures = {size: drawn(size) for size in [*SIZES, 1024]}
    for size in SIZES:
        name = "icon.png" if size == 512 else f"{size}x{size}.png"
        (HERE / name).write_bytes(pictures[size])
    (HERE / "128x128@2x.png").write_bytes(pictures[256])
    (HERE / "icon.ico").write_bytes(ico(pictures))
    (HERE / "icon.icns").write_bytes(icns(pictures))


if __name__ == "__main__":
    main()
