"""Verifying: one byte changed anywhere is found, and so is what is consistent but wrong."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from glocal_kg._publish import Release, verify
from glocal_kg._publish.lines.sums import files_in, sha256, write_sums
from glocal_kg._publish.verify.files import check_files
from glocal_kg._quality import check
from glocal_kg.errors import NotFoundError
from tests.publish.samples import SAMPLE

XML = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
    b"<rdf:Description><e:p>%s</e:p></rdf:Description></rdf:RDF>"
)
NT = "<https://e.org/a> <https://e.org/p> <https://e.org/b> .\n"


@pytest.fixture
def copy(release: Release, tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    shutil.copytree(release.folder, folder)
    return folder


def told(folder: Path) -> str:
    return "\n".join(map(str, verify(folder)))


@pytest.mark.slow
def test_our_releases_have_no_findings(release: Release, packaged_release: Release) -> None:
    assert verify(release.folder) == []
    assert verify(packaged_release.folder) == []


def test_the_checklist_finds_nothing_in_our_release(packaged_release: Release) -> None:
    items = [111, 114, 117, 118, 120, 130]  # those that look at several datasets, or at the parts
    found = check(release=packaged_release.folder, only=items)
    assert found.at_least("info") == [], found.to_text("info")
    assert found.counts()["not checked"] == 0


def test_one_byte_changed_in_any_file_is_found(copy: Path) -> None:
    names = [name for name in files_in(copy) if name != "SHA256SUMS"]
    for number, name in enumerate(names):
        changed = bytearray((copy / name).read_bytes())
        changed[(0, len(changed) // 2, len(changed) - 1)[number % 3]] ^= 1
        (copy / name).write_bytes(changed)
    found = check_files(copy, lambda _: None)[1]
    assert [(one.path, one.check) for one in found] == [(name, "checksum") for name in names]


def test_every_byte_of_the_sums_counts(copy: Path) -> None:
    path = copy / "SHA256SUMS"
    content = path.read_bytes()
    first = content.index(b"\n") + 1
    for place in [*range(0, 64, 7), *range(64, first), len(content) - 1]:
        for flip in (1, 10, 32):  # among them a space that becomes a star, and a capital letter
            changed = bytearray(content)
            changed[place] ^= flip
            path.write_bytes(changed)
            # The first of the checks is enough, and quicker than all of them.
            assert check_files(copy, lambda _: None)[1], f"byte {place} changed by {flip}"


def test_every_file_that_is_deleted_is_found(copy: Path) -> None:
    (copy / "all.nq").unlink()
    (one,) = (one for one in verify(copy) if one.path == "all.nq")
    assert str(one).startswith("all.nq: files: SHA256SUMS, ")
    assert one.message.endswith(" and the catalog name a file that is not there")
    names = [name for name in files_in(copy) if name != "SHA256SUMS"]
    for name in names:
        (copy / name).unlink()
    found = check_files(copy, lambda _: None)[1]
    missing = {one.path for one in found if one.message.endswith("a file that is not there")}
    assert missing == {*names, "all.nq"}
    (copy / "SHA256SUMS").unlink()
    assert any("SHA256SUMS" in str(one) for one in check_files(copy, lambda _: None)[1])


@pytest.mark.parametrize("name", ["extra.txt", "graphs/extra.nt", ".hidden", "tables/x.csv"])
def test_a_file_that_was_added_is_found(copy: Path, name: str) -> None:
    (copy / name).write_text(NT)
    assert f"{name}: files: the file is not listed" in told(copy)


def test_links_are_not_followed(copy: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (copy / "README.md").unlink()
    (copy / "README.md").symlink_to(secret)
    assert "README.md: files: this is a link" in told(copy)


def test_sums_of_files_elsewhere_are_not_looked_at(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    with (copy / "SHA256SUMS").open("a") as file:
        file.write("0" * 64 + "  ../secret\n")
    assert "../secret: files: the file is listed in SHA256SUMS and lies outside" in told(copy)


def swap(name: str, old: str, new: str, times: int = 1) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, f"{old} in {name}"
        (folder / name).write_text(text.replace(old, new, times), encoding="utf-8")

    return change


def without_line(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(lines[:-1]), encoding="utf-8")

    return change


def repack(folder: Path) -> None:
    content = gzip.decompress((folder / "all.nt.gz").read_bytes())
    (folder / "all.nt.gz").write_bytes(gzip.compress(content[:-10]))


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (swap("all.ttl", "Roma", "Urbe"), "all.ttl: graph: does not hold the same graph"),
        (swap("all.jsonld", "Roma", "Urbe"), "graph: does not hold the same graph"),
        (without_line("all.nt"), "graph: does not hold the same graph"),
        (swap("data.rdf", "</rdf:Description>", ""), "data.rdf: syntax"),
        (repack, "all.nt.gz: graph: unpacked it is not the same as all.nt"),
        (swap("void.ttl", "void:entities 1", "void:entities 4"), "count: the catalog says"),
        (swap("void.ttl", "void:distinctSubjects 2", "void:distinctSubjects 9"), "count: "),
        (swap("void.ttl", 'dcat:byteSize "', 'dcat:byteSize "1'), "catalog: the catalog says"),
        (swap("void.ttl", "dcat:downloadURL <https://example.org/sample/release/1.0.0/all",
              "dcat:downloadURL <https://example.org/sample/release/1.0.0/every"), "link: the cat"),
        (swap("void.ttl", "dcterms:license", "dcterms:rights", times=-1), "no license"),
        (swap("schema.jsonld", '"version": "1.0.0"', '"version": "1.0.1"'), "the version is"),
        (swap("CITATION.cff", "2026-01-31", "2026-02-28"), "CITATION.cff: card: the date is"),
        (swap(".zenodo.json", '"Sample"', '"Simple"'), ".zenodo.json: card: the title is"),
        (swap("codemeta.json", "licenses/by/4.0", "licenses/by/3.0"), "the license is"),
        (swap("ro-crate-metadata.json", '"sha256": "', '"sha256": "0'), "README"),
        (swap("croissant.json", '"contentUrl": "tables/', '"contentUrl": "other/'), "link"),
        (swap("tables/datapackage.json", '"rowCount": 1', '"rowCount": 3'), "1 row, tables/"),
        (swap("tables/datapackage.json", '"name": "graph"', '"name": "grph"'), "its columns"),
        (swap("tables/city.csv", "Roma", "Urbe"), "tables: table: the tables do not hold"),
        (swap("croissant.json", "{", "["), "croissant.json: syntax"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_even_with_right_sums(
    copy: Path, change: Callable[[Path], None], finding: str
) -> None:
    change(copy)
    (copy / "SHA256SUMS").unlink()
    write_sums(copy)
    found = told(copy)
    if finding == "README":  # a sum of the wrong length says nothing; the file is the same
        assert found == "" or "sha256" in found.lower()
    else:
        assert finding in found


def test_a_changed_file_is_told_once_whoever_lists_it(copy: Path) -> None:
    size = (copy / "all.ttl").stat().st_size
    (copy / "all.ttl").write_bytes(b"")
    found = [str(one) for one in verify(copy) if one.path == "all.ttl"]
    cards = "ro-crate-metadata.json, schema.jsonld and the catalog"
    assert found == [
        f"all.ttl: card: {cards} say {size} for its size, found 0",
        f"all.ttl: checksum: its SHA-256 is not the one in SHA256SUMS, {cards}",
        "all.ttl: graph: does not hold the same graph as all.nt",
    ]


def test_a_link_in_place_of_a_file_is_one_finding(copy: Path) -> None:
    (copy / "all.nt").unlink()
    (copy / "all.nt").symlink_to("all.nq")
    found = [str(one) for one in verify(copy) if one.path == "all.nt"]
    assert found == ["all.nt: files: this is a link or no plain file"]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [("\n", "\r\n", "line 1 ends as on Windows (CRLF)"), ("", "", "it lists no file")],
)
def test_a_list_of_sums_that_is_none_is_one_finding(
    copy: Path, old: str, new: str, finding: str
) -> None:
    text = (copy / "SHA256SUMS").read_text("utf-8").replace(old, new) if old else ""
    (copy / "SHA256SUMS").write_text(text, "utf-8", newline="")
    (found,) = verify(copy)
    assert str(found).startswith(f"SHA256SUMS: checksum: {finding}")


def test_packed_files_of_others_are_read(tmp_path: Path) -> None:
    import bz2
    import lzma

    (tmp_path / "one.nt.bz2").write_bytes(bz2.compress(b"no triples"))
    (tmp_path / "two.nt.xz").write_bytes(lzma.compress(NT.encode()))
    (tmp_path / "two.ttl").write_text(NT.replace("e.org/b", "e.org/c"))
    write_sums(tmp_path)
    found = told(tmp_path)
    assert "one.nt.bz2: syntax: cannot be read" in found
    assert "two.ttl: graph: does not hold the same graph as two.nt.xz" in found


def test_what_a_packed_file_could_hold_is_not_waited_for(tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * (65 << 20))
    (tmp_path / "alone.nt.gz").write_bytes(bomb)
    (tmp_path / "beside.nt.gz").write_bytes(bomb)
    (tmp_path / "beside.nt").write_text(NT)
    write_sums(tmp_path)
    found = told(tmp_path)
    assert "alone.nt.gz: syntax: cannot be read: More than 67,108,864 bytes" in found
    assert "beside.nt.gz: graph: unpacked it is not the same as beside.nt" in found


def test_an_empty_folder_is_told(copy: Path) -> None:
    (copy / "graphs" / "nothing").mkdir(parents=True)
    assert "graphs/nothing: files: this is an empty folder" in told(copy)


def test_a_foreign_release_without_sums(tmp_path: Path) -> None:
    (tmp_path / "data.nt").write_text(NT)
    (tmp_path / "data.ttl").write_text(NT)
    assert told(tmp_path) == ".: checksum: there is no SHA256SUMS"


def test_a_foreign_release(tmp_path: Path) -> None:
    (tmp_path / "data.nt").write_text(NT)
    (tmp_path / "data.ttl").write_text(NT.replace("e.org/b", "e.org/c"))
    (tmp_path / "void.ttl").write_text(
        "@prefix void: <http://rdfs.org/ns/void#> . @prefix dcat: <http://www.w3.org/ns/dcat#> ."
        "<#d> a void:Dataset , dcat:Dataset ; void:triples 2 ; void:dataDump"
        " <https://e.org/dumps/data.nt> , <https://e.org/dumps/gone.nt> ."
    )
    write_sums(tmp_path)
    found = told(tmp_path)
    assert "data.ttl: graph: does not hold the same graph as data.nt" in found
    assert "count: the catalog says 2 for its number of triples, found 1" in found
    assert "gone.nt: link: the catalog names a file that is not there" in found
    for name in ("title", "description", "license", "publisher"):
        assert f"has no {name}" in found


def test_a_foreign_release_with_wrong_files_does_not_stop_the_check(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("this is no Turtle")
    (tmp_path / "bad.nq.gz").write_bytes(b"this is no gzip")
    (tmp_path / "ro-crate-metadata.json").write_text("[]")
    (tmp_path / "datapackage.json").write_text('"text"')
    (tmp_path / "CITATION.cff").write_text("a: [")
    write_sums(tmp_path)
    found = [finding.path for finding in verify(tmp_path)]
    assert found == [
        "CITATION.cff", "bad.nq.gz", "bad.ttl", "datapackage.json", "ro-crate-metadata.json",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        ("codemeta.json", "[" * 100_000, "codemeta.json: syntax: cannot be read: it nests too"),
        ("tables/datapackage.json", '{"a":' * 100_000, "datapackage.json: syntax: cannot be read"),
        ("tables/datapackage.json", '{"resources": [7]}', "datapackage.json: syntax: cannot be"),
        ("ro-crate-metadata.json", '{"@graph": [7]}', "cannot be read: its @graph holds what"),
        ("croissant.json", '{"distribution": 5}', ""),
        ("croissant.json", '{"distribution": {"contentUrl": "../x"}}', "../x: link: croissant"),
        ("schema.jsonld", '{"distribution": [{"name": "data.nt", "contentSize": "²"}]}', ""),
        (
            "schema.jsonld",
            '{"distribution": [{"name": "data.nt", "contentSize": "' + "9" * 5000 + '"}]}',
            f"data.nt: card: schema.jsonld says {10**18} for its size",
        ),
        (
            "void.ttl",
            "<#d> a <http://rdfs.org/ns/void#Dataset> ; <http://rdfs.org/ns/void#dataDump>"
            f" <http://e.org/data.nt> ; <http://rdfs.org/ns/void#triples> {'9' * 5000} .",
            f"count: the catalog says {10**18} for its number of triples, found 1",
        ),
        ("data.jsonld", '{"@context": "https://e.org/c"}', "data.jsonld: graph: cannot be comp"),
    ],
)  # fmt: skip
def test_no_card_of_others_stops_the_check(
    tmp_path: Path, name: str, text: str, finding: str
) -> None:
    (tmp_path / "data.nt").write_text(NT)
    (tmp_path / "tables").mkdir()
    (tmp_path / name).write_text(text, "utf-8")
    if name != "tables/datapackage.json":
        (tmp_path / "tables").rmdir()
    write_sums(tmp_path)
    assert finding in told(tmp_path)


def test_files_of_several_types_and_paths_are_looked_at(tmp_path: Path) -> None:
    """As RO-Crate and Data Package allow; and sums count in capital letters, too."""
    (tmp_path / "data.nt").write_text(NT)
    crate = [{"@id": "./"}, {"@id": "data.nt", "@type": ["File", "Dataset"], "sha256": "0" * 64}]
    (tmp_path / "ro-crate-metadata.json").write_text(json.dumps({"@graph": crate}))
    parts = {"name": "parts", "path": ["data.nt", "more.nt"], "bytes": 7}
    right = {"name": "data", "path": "data.nt", "hash": sha256(tmp_path / "data.nt").upper()}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [parts, right]}))
    write_sums(tmp_path)
    assert told(tmp_path).splitlines() == [
        "data.nt: card: its SHA-256 is not the one in ro-crate-metadata.json",
        "more.nt: link: datapackage.json names a file that is not there",
    ]


def test_a_sum_in_capital_letters_is_the_same(copy: Path) -> None:
    text = (copy / "void.ttl").read_text(encoding="utf-8")
    digests = re.findall(r'"([0-9a-f]{64})"', text)
    assert digests
    for digest in digests:
        text = text.replace(digest, digest.upper())
    (copy / "void.ttl").write_text(text, encoding="utf-8")
    assert "SHA-256 is not the one in the catalog" not in told(copy)


def test_a_crate_without_root_is_found(tmp_path: Path) -> None:
    (tmp_path / "ro-crate-metadata.json").write_text('{"@graph": []}')
    write_sums(tmp_path)
    assert "ro-crate-metadata.json: syntax: cannot be read: it has no root" in told(tmp_path)


def test_a_single_file_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        verify(SAMPLE)
    with pytest.raises(NotFoundError):
        verify(tmp_path / "nowhere")


def test_verifying_changes_nothing(copy: Path) -> None:
    before = {name: (copy / name).read_bytes() for name in files_in(copy)}
    verify(copy)
    assert {name: (copy / name).read_bytes() for name in files_in(copy)} == before


def test_the_cards_say_what_the_release_is(release: Release) -> None:
    card = json.loads((release.folder / "schema.jsonld").read_text(encoding="utf-8"))
    assert (card["name"], card["version"]) == ("Sample", "1.0.0")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("long.nt", b'<urn:a> <urn:p> "' + b"a" * (17 << 20) + b'" .\n', "cannot be read"),
        ("cut.rdf", b"<rdf:RDF", "cannot be read"),
        ("remark.rdf", XML % b"a<!-- b --><![CDATA[c]]>d", ""),
    ],
)
def test_files_of_others_are_read_or_told(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    write_sums(tmp_path)
    found = [str(one) for one in verify(tmp_path)]
    assert [one for one in found if name in one] == [one for one in found if said and said in one]
    assert bool(found) == bool(said)
