"""``glocal map``: files by suffix, languages, sizes, standard output, errors."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from glocal_kg._cli import run


def test_svg_of_the_packaged_graph(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "map.svg"
    assert run(["map", str(target)]) == 0
    root = ElementTree.parse(target).getroot()
    links = [node.attrib["href"] for node in root.iter() if node.tag.endswith("}a")]
    kinds = [link.split("/id/")[1].split("/")[0] for link in links]
    assert [kinds.count(kind) for kind in ("principle", "trend", "area")] == [7, 10, 7]
    assert kinds.count("picture") == 3
    assert capsys.readouterr().out == f"{target}\n"


def test_png_in_another_language_and_size(tmp_path: Path) -> None:
    target = tmp_path / "mappa.png"
    assert run(["map", str(target), "--lang", "it", "--size", "talk"]) == 0
    data = target.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(data[16:20], "big") == 3840


def test_without_a_file_svg_goes_into_the_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["map", "--lang", "fr"]) == 0
    root = ElementTree.fromstring(capsys.readouterr().out)
    assert root[0].text == "première carte idéale de la glocalisation"


def test_a_map_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix glocal: <https://w3id.org/glocal/ontology#> .\n"
        "@prefix ex: <https://example.org/> .\n"
        "ex:map a glocal:IdealMap . ex:list a glocal:List ; glocal:partOf ex:map .\n"
        "[] a glocal:Placement ; glocal:element ex:calm ; glocal:onMap ex:map ;\n"
        "    glocal:partOf ex:list .\n"
        "ex:calm a glocal:FavorableTrend .\n"
    )
    assert run(["map", "--data", str(own)]) == 2
    assert "2 ideal maps. Name one: " in capsys.readouterr().err
    assert run(["map", "--data", str(own), "--map", "https://example.org/map"]) == 0
    assert "Calm" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["map.jpg"], "cannot be written as 'map.jpg'"),
        (["map.svg", "--size", "wall"], "one of page, talk"),
        (["map.svg", "--map", "map:nowhere"], "It has map:butterfly-2002"),
        (["map.png", "--font", "absent.ttf"], "absent.ttf"),
        (["absent/map.svg"], "absent/map.svg' cannot be written"),
    ],
)
def test_errors(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["map", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_on_a_terminal_a_file_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("glocal_kg._cli.map.on_terminal", lambda: True)
    assert run(["map"]) == 2
    assert "glocal map ideal-map.svg" in capsys.readouterr().err
