"""Check which files a release has, and their sums."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from glocal_kg._publish.lines.sums import SUMS, files_in, read_sums, sha256
from glocal_kg._publish.verify.finding import ODD, ReleaseFinding, absent, other_sum

_LISTS = (SUMS, "sha256sums.txt", "SHA256SUMS.txt", "sha256sum.txt", "checksums.sha256")


def check_files(
    folder: Path, tick: Callable[[str], None]
) -> tuple[list[str], list[ReleaseFinding]]:
    """The files that can be looked into, and what is wrong with the list of files.

    Links are never followed: a link could point out of the release.
    """
    findings: list[ReleaseFinding] = []
    names: list[str] = []
    for name in files_in(folder):
        if (folder / name).is_symlink() or not (folder / name).is_file():
            findings.append(ReleaseFinding(name, "files", ODD))
        else:
            names.append(name)
    for place in sorted(folder.rglob("*")):
        if place.is_dir() and not place.is_symlink() and not any(place.iterdir()):
            name = place.relative_to(folder).as_posix()
            findings.append(ReleaseFinding(name, "files", "this is an empty folder"))
    sums_name = next((name for name in _LISTS if name in names), None)
    if sums_name is None:
        findings.append(ReleaseFinding("", "checksum", f"there is no {SUMS}"))
        return names, findings
    try:
        sums = read_sums((folder / sums_name).read_bytes().decode("utf-8"))
    except ValueError as error:
        findings.append(ReleaseFinding(sums_name, "checksum", str(error)))
        return names, findings
    if not sums:
        findings.append(ReleaseFinding(sums_name, "checksum", "it lists no file"))
        return names, findings
    listed = [name.removeprefix("./") for name in sums]
    if sums_name == SUMS and listed != sorted(listed):
        findings.append(ReleaseFinding(sums_name, "checksum", "the files are not in order"))
    for name, digest in zip(listed, sums.values(), strict=True):
        tick(f"checking {name}")
        if name not in names:
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                told = f"the file is listed in {sums_name} and lies outside the release"
                findings.append(ReleaseFinding(name, "files", told))
            else:
                findings.append(absent(name, sums_name, "files"))
        elif sha256(folder / name) != digest:
            findings.append(other_sum(name, sums_name, "checksum"))
    for name in sorted(set(names) - set(listed) - {sums_name}):
        findings.append(ReleaseFinding(name, "files", f"the file is not listed in {sums_name}"))
    return names, findings
