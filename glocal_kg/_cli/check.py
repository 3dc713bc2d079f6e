"""``glocal check``: the checklist of the trade, on our ontology and data or on your files."""

from __future__ import annotations

from glocal_kg._cli.common import TIMEOUT, write
from glocal_kg._cli.options import Given, Option, Verb, expect_effect_on
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._quality import QualityReport
    from glocal_kg._quality.item import Severity

VERB = Verb(
    "check [FILE...] [options]",
    "Check the packaged ontology and data, or only your FILEs, against 157 items of the trade.\n"
    "A folder such as my.glocal is compared with its own checksums.\n"
    "Items that need the web or a server say 'not checked'. Quiet where all is well.\n"
    "Exit code 0: fine, 1: findings, 2: cannot run.",
    "glocal check\n"
    "glocal check my-ontology.ttl my-data.trig\n"
    "glocal check --release dist/ --format sarif",
    [
        Option("--release", "folder of a release: check its dumps and cards too", value="FOLDER"),
        Option("--previous", "release or file of the version before", value="PATH"),
        Option("--arguments", "table of item, subject, argument: known findings", value="FILE"),
        Option("--item", "look at this item only (may be repeated)", value="NUMBER", many=True),
        Option(
            "--severity",
            "mildest findings that count (default: warning)",
            choices=("error", "warning", "info"),
        ),
        Option("--all", "list every item, with what it looked at or why not"),
        Option("--thorough", "ask slow second engines too (pyshacl)"),
        Option(
            "--format -f",
            "how to write it (default: text)",
            choices=("text", "json", "sarif", "junit", "turtle"),
        ),
        TIMEOUT,
    ],
    most=None,
)


def run(given: Given) -> int:
    """Check, write the report, and tell by the exit code whether something was found."""
    from glocal_kg._rdf.store.remains import is_store

    folders = [path for path in given.arguments if is_store(path)]
    if folders:
        others = [path for path in given.arguments if path not in folders]
        others += [one.names[0] for one in VERB.options if given.has(one.key)]
        if others:
            raise GlocalError(
                f"{others[0]} has no effect beside {folders[0]}, a graph on disk, which is compared"
                " with its checksums.",
                remedy="Check them one after the other.",
            )
        return _folders(folders)
    from glocal_kg._quality import check

    if given.one("format", "text") != "text":
        expect_effect_on(given, given.one("format"), "all", "is the same without it")
    report = check(
        given.arguments,
        release=given.one("release") or None,
        previous=given.one("previous") or None,
        arguments=given.one("arguments") or None,
        only=[_number(text) for text in given.all("item")],
        thorough=given.has("thorough"),
    )
    severity: Severity = given.one("severity", "warning")  # type: ignore[assignment]  # who gives another word is told
    text = given.one("format", "text") == "text"
    write(_written(report, given, severity), data=not text)
    return 1 if report.at_least(severity) or report.stale else 0


def _folders(folders: list[str]) -> int:
    """Compare the files of graphs on disk with their checksums."""
    from glocal_kg._rdf.store.checking import check_folder

    found = [f"{path}/{one.file}: {one.message}" for path in folders for one in check_folder(path)]
    wrong = {path for path in folders if any(one.startswith(f"{path}/") for one in found)}
    well = [f"{path}: every file has its checksum." for path in folders if path not in wrong]
    remedy = (
        "What is damaged cannot be mended here: take the folder from a backup, or make it anew from"
        " the files it was made of."
    )
    write("\n".join([*found, *([remedy] if found else []), *well]))
    return 1 if found else 0


def _written(report: QualityReport, given: Given, severity: Severity) -> str:
    format = given.one("format", "text")
    if format == "text":
        return report.to_text(severity, all=given.has("all"))
    text: str = getattr(report, f"to_{format}")()
    return text


def _number(text: str) -> int:
    if not text.isdigit():
        raise GlocalError(
            f"--item takes the number of an item; '{text}' is none.",
            remedy="glocal check --all lists them.",
        )
    return int(text)
