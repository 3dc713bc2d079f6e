"""``glocal validate``: what is at fault in own files, by our shapes and by own ones."""

from __future__ import annotations

import json

import pytest

from tests.cli.calling import fails, glocal


def test_only_violations_make_validate_exit_with_1(tmp_path):
    place = (
        "@prefix : <https://w3id.org/glocal/ontology#> .\n"
        "@prefix id: <https://w3id.org/glocal/id/> .\n"
        "<https://w3id.org/glocal/id/place/x> a :City ;\n"
        " :statedIn <https://w3id.org/glocal/id/passage/article-p5> ;\n"
        " <http://www.w3.org/2000/01/rdf-schema#label> "
    )
    path = tmp_path / "mine.ttl"
    path.write_text(place + "'City X'@en .")
    assert glocal("validate", path).returncode == 0
    path.write_text(place + "'City of the Global Forum'@en .")
    run = glocal("validate", path)
    assert (run.returncode, "check glocal-or-global" in run.stdout) == (0, True)
    path.write_text(place + "'City X'@en ; <urn:p> id:nothing .")
    run = glocal("validate", path)
    assert (run.returncode, "check described" in run.stdout) == (1, True)
    run = glocal("validate", path, "--no-checks")
    assert (run.returncode, "check described" in run.stdout) == (0, False)


def test_validate_own_files(tmp_path):
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:City> ;"
        ' sh:property [ sh:path <urn:name> ; sh:minCount 1 ; sh:message "Name it." ] .'
    )
    data.write_text("<urn:rome> a <urn:City> .")
    run = glocal("validate", data, "--shapes", shapes)
    assert run.returncode == 1
    assert "<urn:rome>" in run.stdout
    data.write_text('<urn:rome> a <urn:City> ; <urn:name> "Rome" .')
    assert glocal("validate", data, "--shapes", shapes).returncode == 0
    assert json.loads(glocal("validate", data, "--shapes", shapes, "-f", "json").stdout)
    data.write_text("oops")
    fails("validate", data, "--shapes", shapes, said="data.ttl:1:")


def test_own_shapes_judge_own_files_alone_unless_asked(tmp_path):
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> ."
        " <urn:S> sh:targetClass <https://w3id.org/glocal/ontology#City>, <urn:City> ;"
        " sh:property [ sh:path <urn:name> ; sh:minCount 1 ] ."
    )
    data.write_text("<urn:rome> a <urn:City> .")
    alone = glocal("validate", data, "--shapes", shapes, "-f", "text")
    told = f"Validated {data} alone (1 fact) against {shapes}."
    assert alone.stdout.startswith(f"{told}\n\nDoes not conform")
    assert "1 violation at 1 node" in alone.stdout
    assert "\n  1  urn:S\n" in alone.stdout
    both = glocal("validate", data, "--shapes", shapes, "--packaged")
    assert both.stdout.count("urn:name") > 2
    assert "Validated the packaged facts and" in both.stderr
    assert "glocal: nodes looked at: " in both.stderr
    packaged = glocal("validate", "--shapes", shapes)
    assert "<urn:rome>" not in packaged.stdout
    assert packaged.returncode == 1


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ("<urn:x> a <urn:C> .", "shapes.ttl: There is no shape in its 1 statement."),
        (
            "<urn:S> a <https://www.w3.org/ns/shacl#NodeShape> ; "
            "<https://www.w3.org/ns/shacl#targetClass> <urn:C> .",
            "but the namespace of SHACL is <http://www.w3.org/ns/shacl#>.",
        ),
        (
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ;"
            " sh:property [ sh:path <urn:p> ; sh:uniqueLang 'true' ] .",
            'shapes.ttl: <urn:S> > sh:property <urn:p>: sh:uniqueLang is "true".',
        ),
    ],
)
def test_shapes_that_cannot_be_used_exit_with_2(tmp_path, shapes, said):
    path = tmp_path / "shapes.ttl"
    path.write_text(shapes)
    fails("validate", "--shapes", path, said=said)
