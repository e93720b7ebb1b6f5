# SPDX-License-Identifier: EUPL-1.2
"""The file around the sheets: bounds on its size, encryption, a sound zip archive, XML without surprises.

Takes file name and content; gives the archive and parsers, or a `DataError` before anything hostile is opened;
called by the readers. XML is read by expat as a stream, and any document type declaration is refused.
"""

from __future__ import annotations

import codecs
import functools
import io
import re
import struct
import xml.parsers.expat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from ..errors import DataError

# Bounds on what is read. A workbook of a million cells unpacks to some 40 MB; ratio and floor as in
# Apache POI's ZipSecureFile.
MAX_BYTES = 200_000_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 100
RATIO_FLOOR = 100_000

DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError)
BROKEN = (  # what broken or hostile XML meets on its way through the functions below
    xml.parsers.expat.ExpatError,
    LookupError,
    ValueError,
    TypeError,
    OverflowError,
)
AGAIN = "open it in Excel and save it again, or ask for it again"
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


XML_OF_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08]")
_MARK = rb"(?:\xef\xbb\xbf)?\s*"
_BEFORE_PAGE = rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
_PAGE = re.compile(
    _MARK + _BEFORE_PAGE + rb"<(?:!doctype html|(?:html|head|meta|body|table|div)\b)", re.IGNORECASE | re.DOTALL
)
_LINES = re.compile(rb"(?!\s*[<%{])[^\x00-\x08\n]*[;,\t][^\x00-\x08\n]*\n[^\x00-\x08]*")


def ending_of(content: bytes, named: str) -> str:
    """The ending that a file should have by its content, in place of the one that it is named with.

    Text under the ending of a workbook is a web page, or text with separators.
    """
    if content.startswith(b"PK"):
        found = zipped_as(content)
        return named if found in ("", named.replace("m", "x")) else found
    if content.startswith(OLE) or _BIFF.match(content):
        return named if named in WORKBOOKS and ENCRYPTED in content else ".xls"
    if XML_OF_2003 in content[:4096] and content.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        return ".xml"
    if _PAGE.match(content):
        return ".html" if named in (*WORKBOOKS, ".htm") else named
    return ".csv" if named in WORKBOOKS and _LINES.fullmatch(content.removeprefix(codecs.BOM_UTF8)) else named


def zipped_as(content: bytes) -> str:
    """`.xlsx` or `.ods` for a zip that holds the parts of one; empty for any other, and for a damaged one."""
    try:
        names = {
            name.replace("\\", "/").lstrip("/").lower() for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
        }
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, struct.error):
        return ""
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return ".xlsx"
    return ".ods" if "content.xml" in names else ""


def encrypted(file: str) -> DataError:
    return DataError("the workbook is encrypted", file=file, do="take the password off and save it again")


def misnamed(file: str, problem: str) -> DataError:
    return DataError(f"{problem}, whatever its name says", file=file, do="give it its own extension")


class Archive(zipfile.ZipFile):
    """The zip archive that a workbook is. Who reads a part to its end has tested it; the others are `unread`."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))
        self.unread = set(self.namelist())

    def open(self, name: str, *args, **kwargs) -> IO[bytes]:
        self.unread.discard(name)
        return super().open(name, *args, **kwargs)


@contextmanager
def opened(file: str, content: bytes, what: str = "workbook") -> Iterator[Archive]:
    """The archive, for as long as it is read. Raises `DataError` for one that is unsound, before any other error."""
    try:
        archive = Archive(content) if content.startswith(b"PK") else None
        _check_container(file, content, archive, what)
        try:
            yield archive
        except (*BROKEN, DataError):
            _test(file, archive, archive.namelist(), what)
            raise
        _test(file, archive, sorted(archive.unread), what)
    except DAMAGED as error:
        raise DataError(f"the {what} is truncated or damaged", file=file, do=AGAIN) from error


def _test(file: str, archive: Archive, names: Iterable[str], what: str) -> None:
    """Read these parts to their end. Raises `DataError` for one that is not as it was packed."""
    for name in names:
        try:
            with archive.open(name) as stream:
                while stream.read(1 << 20):
                    pass
        except zipfile.BadZipFile as error:
            raise DataError(f"the {what} is damaged in {name}", file=file, do=AGAIN) from error


def _check_container(file: str, content: bytes, archive: Archive | None, what: str) -> None:
    """Raises `DataError` before a parser sees what no honest workbook is."""
    if content.startswith(OLE) and ENCRYPTED in content:
        raise encrypted(file)
    if archive is None:
        raise DataError("this is not a spreadsheet, whatever its name says", file=file, do=AGAIN)
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED or any(
        part.file_size > RATIO_FLOOR and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in parts
    ):
        raise DataError(
            f"unpacks from {len(content):,} to {unpacked:,} bytes, which no honest {what} does",
            file=file,
            expected=f"at most {MAX_UNPACKED:,} bytes and {MAX_RATIO} times its size",
            do="do not open it; ask the sender what it is",
        )
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise zipfile.BadZipFile("neither format knows another compression")
    if any(part.flag_bits & 1 for part in parts):
        raise DataError(f"the {what} is encrypted", file=file, do="unpack it with its password")


@functools.lru_cache
def local_name(name: str) -> str:
    return name.rpartition(":")[2]


def xml_parser(start: Callable, end: Callable):
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end

    def forbid(*_: object) -> None:
        raise ValueError("a document type declaration, which no workbook has")

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = forbid
    return parser


def parse_xml(parser, stream) -> None:
    """In large pieces: expat before 2.6 begins a long comment or attribute anew with each piece."""
    while piece := stream.read(1 << 24):
        parser.Parse(piece)
    parser.Parse(b"", True)
