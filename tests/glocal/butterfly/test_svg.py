"""The SVG: valid, linked, named, safe, the same every time, with enough contrast."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from glocal_kg._glocal.butterfly import draw
from glocal_kg._glocal.butterfly.curves import number
from glocal_kg._glocal.butterfly.svg import PALETTE
from glocal_kg._rdf.store.facts import Facts

SVG = "{http://www.w3.org/2000/svg}"
ROOT = Path(__file__).parents[3]


def links(root: ElementTree.Element) -> list[str]:
    return [link.attrib["href"] for link in root.iter(f"{SVG}a")]


def texts(root: ElementTree.Element) -> list[str]:
    """What is written, block by block."""
    return [" ".join(filter(None, block.itertext())) for block in root.iter(f"{SVG}text")]


def test_every_element_is_linked_and_written(study: Facts, graphs) -> None:
    root = ElementTree.fromstring(draw(study).svg)
    found = links(root)
    written = [text.lower().replace("- ", "-") for text in texts(root)]
    for kind, by_language in graphs.LABELS.items():
        labels = by_language["en"].split("|")
        for place, label in enumerate(labels, 1):
            assert found.count(f"{graphs.ID}{kind}-{100 - place}") == 1
            assert label.lower() in written
    # Besides the elements: four components, two poles, the motto.
    assert len(found) == sum(len(e["en"].split("|")) for e in graphs.LABELS.values()) + 4 + 3


def test_names_for_readers_who_do_not_see_it(study: Facts) -> None:
    root = ElementTree.fromstring(draw(study, language="it").svg)
    assert root.tag == f"{SVG}svg"
    assert root.attrib["role"].split() == ["graphics-document", "document"]
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "it"
    by_id = {node.attrib["id"]: node for node in root.iter() if "id" in node.attrib}
    assert by_id[root.attrib["aria-labelledby"]].text == "mappa ideale della glocalizzazione"
    about = by_id[root.attrib["aria-describedby"]].text or ""
    assert "costruzione della pace" in about
    assert "turismo" in about
    lists = [node for node in root.iter() if node.attrib.get("role") == "list"]
    assert [len(node) for node in lists] == [1, 7, 5, 5, 7, 2]
    assert lists[1].attrib["aria-label"] == "asse dei principi"
    items = [item for node in lists for item in node]
    assert all(item.attrib["role"] == "listitem" for item in items)
    assert all(item.find(f".//{SVG}title") is not None for item in items)
    drawn = [node for node in root if node.attrib.get("aria-hidden") == "true"]
    assert len(drawn) == 1
    assert not list(drawn[0].iter(f"{SVG}text"))


def test_no_id_twice(study: Facts) -> None:
    root = ElementTree.fromstring(draw(study).svg)
    ids = [node.attrib["id"] for node in root.iter() if "id" in node.attrib]
    assert len(ids) == len(set(ids))


def test_turned_names_are_turned_around_their_middle(build) -> None:
    labels = [f"adverse trend number {i}" for i in range(20)]
    picture = draw(build(AdverseTrend=labels))
    names = {
        figure.element.label: figure.text.block
        for part in picture.scene.parts
        for figure in part.figures
    }
    found = 0
    for block in ElementTree.fromstring(picture.svg).iter(f"{SVG}text"):
        written = " ".join(filter(None, block.itertext()))
        name = names.get(written[0].lower() + written[1:])
        if name is not None and name.turn:
            assert (
                block.attrib["transform"]
                == f"rotate({number(name.turn)} {number(name.x)} {number(name.y)})"
            )
            found += 1
    assert found > 15


EVIL = "<script>alert(1)</script> & \"two\" 'one' ]]> &amp; \x08"


def test_labels_with_markup_stay_text(graphs) -> None:
    store = graphs.store_of(
        graphs.turtle(
            {kind: [{"en": EVIL.replace("\x08", "")}, {"en": "plain"}] for kind in graphs.LABELS}
        )
    )
    root = ElementTree.fromstring(draw(store).svg)
    assert not list(root.iter(f"{SVG}script"))
    titles = [node.text for node in root.iter(f"{SVG}title")]
    assert titles.count(EVIL.replace("\x08", "")) == 4


def test_signs_that_xml_forbids_are_replaced(study: Facts) -> None:
    from pyoxigraph import Literal, NamedNode, Quad

    from glocal_kg._rdf.namespaces import RDFS

    iri = next(
        quad.subject
        for quad in study.quads_for_pattern(None, RDFS.label, Literal("vision", language="en"))
    )
    label = Literal("bell\x07\ufffe end", language="aa")
    facts = Facts.of([*study, Quad(iri, RDFS.label, label, NamedNode("x:y"))])
    root = ElementTree.fromstring(draw(facts, language="aa").svg)
    assert "Bell\ufffd\ufffd end" in texts(root)


def test_only_web_addresses_become_links(graphs) -> None:
    store = graphs.store_of(
        graphs.turtle(graphs.in_english(Principle=["good"]))
        + "<javascript:alert(1)> a glocal:Principle ;"
        " rdfs:label 'bad' . [] glocal:element <javascript:alert(1)> ; glocal:onMap id:map ;"
        " schema:position 2 ."
        "_:b a glocal:Principle ;"
        " rdfs:label 'blank' . [] glocal:element _:b ; glocal:onMap id:map ; schema:position 3 ."
    )
    svg = draw(store).svg
    assert "javascript" not in svg
    root = ElementTree.fromstring(svg)
    assert {"Good", "Bad", "Blank"} <= set(texts(root))
    assert all(link.startswith("https://") for link in links(root))


def test_nothing_is_fetched(study: Facts) -> None:
    root = ElementTree.fromstring(draw(study).svg)
    names = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert names == {"svg", "title", "desc", "defs", "style", "linearGradient", "stop", "rect"} | {
        "g",
        "path",
        "text",
        "tspan",
        "a",
    }
    assert "url(http" not in draw(study).svg
    assert "@import" not in draw(study).svg


def test_lines_keep_their_measured_width_in_every_viewer(study: Facts) -> None:
    root = ElementTree.fromstring(draw(study).svg)
    lines = [line for line in root.iter(f"{SVG}tspan") if len(line.text or "") > 1]
    assert lines
    assert all(float(line.attrib["textLength"]) > 0 for line in lines)


PROGRAM = """
import sys
from pyoxigraph import RdfFormat, parse
from glocal_kg._glocal.butterfly import draw
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._glocal.butterfly.curves import number
store = Facts.of(parse(sys.stdin.buffer.read(), RdfFormat.TRIG))
sys.stdout.buffer.write(draw(store, language="fr", size="talk").svg.encode())
"""


def test_the_same_bytes_in_every_process(study: Facts) -> None:
    from pyoxigraph import RdfFormat, serialize

    data = serialize(study, format=RdfFormat.TRIG)
    assert data
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            input=data,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
    assert outputs == {draw(study, language="fr", size="talk").svg.encode()}


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(PALETTE[one]), luminance(PALETTE[two])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("quiet", "paper"),
        ("adverse-ink", "paper"),
        ("favorable-ink", "paper"),
        ("area-ink", "paper"),
        ("ink", "adverse-near"),
        ("ink", "adverse-far"),
        ("ink", "favorable-near"),
        ("ink", "favorable-far"),
        ("light", "segment"),
        ("light", "body"),
    ],
)
def test_text_contrast(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 7


@pytest.mark.parametrize("wing", ["adverse", "favorable"])
def test_veins_and_rims_are_seen_in_gray(wing: str) -> None:
    assert contrast(f"{wing}-dark", f"{wing}-near") >= 3
    assert contrast(f"{wing}-dark", "spot") >= 3
    assert contrast(f"{wing}-dark", "paper") >= 3
