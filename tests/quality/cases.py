"""For each item that looks at files: a fault put into the sound ontology, and where it is found.

A fault is a text of the sound ontology and what takes its place; without the first the second is
added at the end.
"""

# ruff: noqa: E501 - a line of Turtle, or a fault, is one line

from __future__ import annotations

from dataclasses import dataclass

ONTOLOGY = "https://w3id.org/gardens/onto"
EX = f"{ONTOLOGY}#"
ID = "https://w3id.org/gardens/id/"
FILE = "gardens.trig"


@dataclass(frozen=True)
class Case:
    """A fault, the item that finds it, its subject, and a word of the evidence."""

    item: int
    old: str
    new: str
    subject: str
    said: str = ""


def put(item: int, new: str, subject: str, said: str = "") -> Case:
    return Case(item, "", new, subject, said)


def cut(item: int, old: str, subject: str, said: str = "") -> Case:
    return Case(item, old, "", subject, said)


IDENTITY = [
    put(1, "ex:broken a", FILE, "not valid"),
    put(3, "<https://w3id.org/other> a owl:Ontology .", FILE, "2 ontologies"),
    Case(3, "a owl:Ontology ;", "a owl:Thing ;", EX, "no owl:Ontology"),
    Case(4, "<https://w3id.org/gardens/onto>", "<https://garden.example/onto>",
         "https://garden.example/onto", "garden.example"),
    put(4, "<urn:x:onto> a owl:Ontology .", "urn:x:onto", "scheme"),
    put(5, "ex:plant.html a owl:Class .", f"{EX}plant.html"),
    Case(6, "preferredNamespaceUri \"https://w3id.org/gardens/onto#\"",
         "preferredNamespaceUri \"https://w3id.org/other#\"", ONTOLOGY, "other"),
    cut(7, 'vann:preferredNamespacePrefix "gard" ;', ONTOLOGY, "Prefix"),
    Case(8, '"gard"', '"foaf"', ONTOLOGY, "foaf"),
    Case(8, '"gard"', '"4 gard"', ONTOLOGY, "well-formed"),
    Case(8, "@prefix semapv:", "@prefix dcterm: <http://purl.org/dc/terms#> .\n@prefix semapv:",
         FILE, "http://purl.org/dc/terms/"),
    put(8, "@prefix foaf: <https://example.org/other#> .", FILE, "elsewhere"),
    cut(9, "owl:versionIRI <https://w3id.org/gardens/onto/1.1.0> ;", ONTOLOGY),
    Case(9, "onto/1.1.0> ;", "onto> ;", ONTOLOGY),
    Case(10, '"1.1.0"', '"final"', ONTOLOGY, "neither"),
    Case(10, '"1.1.0"', '"1.2.0"', ONTOLOGY, "versionIRI"),
    Case(12, "ex:height", "ex:Plant_height", f"{EX}Plant_height", "lowerCamel"),
    Case(13, "plant:mint", "plant:herbs\\/mint", f"{ID}plant/herbs/mint", "one name"),
    Case(13, "topic:botany", "<https://w3id.org/gardens/id/botany>", f"{ID}botany", "none of"),
    put(13, "topic:x <http://rdfs.org/ns/void#uriRegexPattern> '(' .", f"{ID}topic/x", "expression"),
    put(14, "foaf:Person rdfs:subClassOf ex:Garden .", "http://xmlns.com/foaf/0.1/Person"),
    put(14, "rdfs:label a ex:Herb .", "http://www.w3.org/2000/01/rdf-schema#label", "language"),
    put(15, "garden:kew dcterms:createt 1 .", "http://purl.org/dc/terms/createt", "kew"),
    put(17, "garden:kew rdfs:seeAlso <http://example.org/book> .", "http://example.org/book",
        "https"),
    put(17, "garden:kew rdfs:seeAlso <https://example.org/e\u0301> .", "https://example.org/e\u0301",
        "NFC"),
    put(17, "garden:kew rdfs:seeAlso <https://example.org/a%20b> .", "https://example.org/a%20b",
        "blank"),
    put(17, "garden:kew rdfs:seeAlso <file:///home/a> .", "file:///home/a", "machine"),
    put(17, "garden:kew <http://purl.org/dc/terms#title> 'Kew'@en .",
        "http://purl.org/dc/terms#title", "http://purl.org/dc/terms/"),
    put(18, "[] a ex:Herb ; rdfs:label 'sage'@en .", "_:"),
    put(19, "<https://w3id.org/gardens/onto#x/Rake> a owl:Class .", f"{EX}x/Rake"),
]  # fmt: skip

HEADER = [
    Case(20, '"Ontology of gardens"@en', '"Ontology of gardens"', ONTOLOGY, "no language"),
    cut(20, 'dcterms:title "Ontology of gardens"@en ;', ONTOLOGY, "no title"),
    Case(21, ", who tends them and what grows in them, made up for tests.", "", ONTOLOGY, "only 1"),
    Case(22, "dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;\n    dcterms:bib",
         "dcterms:bib", ONTOLOGY, "no license"),
    Case(22, "licenses/by/4.0", "licenses/by-nc/4.0", ONTOLOGY, "not open"),
    Case(22, "<https://creativecommons.org/licenses/by/4.0/>", "'CC BY'", ONTOLOGY, "a text"),
    Case(22, "creativecommons.org/licenses/by/4.0", "example.org/mine", ONTOLOGY, "no license that"),
    Case(24, "dcterms:creator <https://orcid.org/0000-0002-1825-0097>",
         "dcterms:creator <https://orcid.org/0000-0002-1825-0098>", ONTOLOGY, "does not check"),
    Case(24, "<https://orcid.org/0000-0002-1825-0097>", "'Somebody'", ONTOLOGY, "text"),
    cut(24, "dcterms:creator <https://orcid.org/0000-0002-1825-0097> ;", ONTOLOGY, "no creator"),
    cut(25, "dcterms:contributor <https://orcid.org/0000-0001-5109-3700> ;", ONTOLOGY),
    cut(26, "dcterms:publisher <https://ror.org/05dxps055> ;", ONTOLOGY, "no publisher"),
    Case(26, "publisher <https://ror.org/05dxps055>", "publisher 'A press'", ONTOLOGY, "A press"),
    Case(27, 'dcterms:created "2020-01-01"^^xsd:date ;\n    dcterms:issued "2020-02-01"^^xsd:date ;',
         "", ONTOLOGY),
    cut(28, 'dcterms:issued "2020-02-01"^^xsd:date ;', ONTOLOGY),
    Case(29, '"2020-03-01"', '"2019-03-01"', ONTOLOGY, "before"),
    Case(29, '"2020-03-01"', '"2021-03-01"', ONTOLOGY, "yet to come"),
    cut(29, 'dcterms:modified "2020-03-01"^^xsd:date ;', ONTOLOGY, "no dcterms:modified"),
    cut(30, 'dcterms:bibliographicCitation "Nobody (2020). Ontology of gardens, version 1.1.0." ;',
        ONTOLOGY),
    cut(31, 'bibo:doi "10.5281/zenodo.1234567" ;', ONTOLOGY, "no DOI"),
    Case(31, "10.5281/zenodo", "doi.5281/zenodo", ONTOLOGY, "is no DOI"),
    cut(32, "bibo:status <http://purl.org/ontology/bibo/status/published> ;", ONTOLOGY),
    Case(33, "dcterms:source <https://example.org/book> ;\n    dcat", "dcat", ONTOLOGY),
    cut(34, "foaf:logo <https://example.org/gardens.png> ;", ONTOLOGY),
    cut(35, "owl:backwardCompatibleWith <https://w3id.org/gardens/onto/1.0.0> ;", ONTOLOGY, "1.0.0"),
    cut(36, "dcat:contactPoint <https://ror.org/05dxps055> ;", ONTOLOGY, "no contact"),
    put(36, "<https://w3id.org/gardens/onto> dcat:contactPoint <https://example.org/me> .",
        ONTOLOGY, "2 contact"),
    cut(37, "foaf:homepage <https://example.org/gardens> ;", ONTOLOGY, "homepage"),
    cut(37, "schema:codeRepository <https://example.org/code> ;", ONTOLOGY, "repository"),
    cut(37, "doap:bug-database <https://example.org/issues> ;", ONTOLOGY, "tracker"),
    cut(38, "schema:includedInDataCatalog <https://example.org/catalog> ;", ONTOLOGY),
    Case(39, "dcterms:source <https://example.org/book> ;\n    dcat",
         "dcterms:sourc <https://example.org/book> ;\n    dcat", ONTOLOGY, "Is source meant"),
    put(39, "<https://w3id.org/gardens/onto> <https://example.org/words#by> 'me' .", ONTOLOGY,
        "no vocabulary"),
    Case(40, "2020-", "2018-", ONTOLOGY, "2018-03-01"),
]  # fmt: skip

TERMS = [
    put(41, "garden:kew ex:owner garden:old .", f"{EX}owner", "a property"),
    put(41, "garden:kew a ex:Castle .", f"{EX}Castle", "a class"),
    put(42, "garden:kew <https://example.org/words#owner> 'x' .", "https://example.org/words#owner",
        "nothing declares"),
    Case(43, "rdfs:range xsd:decimal", "rdfs:range xsd:gYear", f"{EX}height", "xsd:gYear"),
    Case(43, "ex:height 30.5", 'ex:height "P1D"^^xsd:duration', f"{EX}height", "xsd:duration"),
    cut(44, 'rdfs:label "tree"@en ;', f"{EX}Tree"),
    Case(45, '"tree"@en ;', '"albero"@it ;', f"{EX}Tree", "no label in en"),
    Case(45, '"tree"@en ;', '"tree"@en , "wood"@en ;', f"{EX}Tree", "two labels"),
    cut(46, 'skos:definition "A plant with a trunk made of wood."@en ;', f"{EX}Tree"),
    Case(47, '"A plant with a trunk made of wood."', '"A tall plant."', f"{EX}Tree", "short"),
    Case(47, '"A plant with a trunk made of wood."', '"Tree."', f"{EX}Tree", "repeats"),
    Case(47, '"A plant with a trunk made of wood."', '"A plant whose stem is never made of wood."',
         f"{EX}Herb", "same definition"),
    Case(48, '"herb"@en ;', '"tree"@en ;', f"{EX}Herb", "Tree"),
    Case(49, '"tree"@en ;', '" tree"@en ;', f"{EX}Tree", "around"),
    Case(49, '"grows in"@en', '"grows  in"@en', f"{EX}growsIn", "stray"),
    Case(49, '"A plant with', '"a plant with', f"{EX}Tree", "small"),
    Case(50, '"oak"@en', '"oak"@en-uk', f"{ID}plant/oak", "region"),
    Case(50, '"oak"@en', '"oak"@jp', f"{ID}plant/oak", "language"),
    Case(51, '"Any tree."@en ;\n    rdfs:isDefinedBy <https://w3id.org/gardens/onto> ;',
         '"Any tree."@en ;', f"{EX}Tree"),
    cut(52, 'skos:example "Any tree."@en ;', f"{EX}Tree"),
    Case(53, 'isDefinedBy <https://w3id.org/gardens/onto> ; vs:term_status "stable" .\n\nex:Herb',
         "isDefinedBy <https://w3id.org/gardens/onto> .\n\nex:Herb", f"{EX}Tree", "no status"),
    Case(53, "owl:deprecated true", "owl:deprecated 'yes'", f"{EX}Shrub", "yes"),
    cut(54, "dcterms:isReplacedBy ex:Tree ;", f"{EX}Shrub"),
    put(55, "plant:rose a ex:Shrub ; rdfs:label 'rose'@en .", f"{EX}Shrub", "rose"),
    cut(56, "rdfs:domain ex:Plant ; rdfs:range xsd:decimal ;", f"{EX}height", "rdfs:range"),
    Case(56, "No domain: anything can be about a topic.", "Use it with care.", f"{EX}about",
         "rdfs:domain"),
    put(57, "ex:height rdfs:domain ex:Garden .", f"{EX}height", "rdfs:domain"),
    put(58, "ex:Plant rdfs:subClassOf ex:Tree .", f"{EX}Tree", "rdfs:subClassOf"),
    put(59, "ex:Wall a owl:Class .", f"{EX}Wall"),
    put(60, "ex:isA a owl:ObjectProperty .", f"{EX}isA"),
    put(61, "ex:TreeOrHerb a owl:Class .", f"{EX}TreeOrHerb"),
    put(62, "ex:OtherPlant a owl:Class .", f"{EX}OtherPlant"),
    Case(63, "An inverse is declared where a question needs one.", "", f"{EX}inside"),
    put(64, "ex:inside owl:inverseOf ex:inside .", f"{EX}inside", "own inverse"),
    put(64, "ex:borders owl:inverseOf ex:near .", f"{EX}borders", "symmetric"),
    put(65, "ex:near owl:inverseOf ex:hasPlant .", f"{EX}hasPlant", "2"),
    Case(66, "rdfs:domain ex:Garden ; rdfs:range ex:Plant ;",
         "rdfs:domain ex:Garden ; rdfs:range ex:Tree ;", f"{EX}growsIn", "hasPlant"),
    Case(67, "owl:SymmetricProperty ; rdfs:domain ex:Garden", "owl:SymmetricProperty ; rdfs:domain ex:Plant",
         f"{EX}borders"),
    Case(68, "owl:TransitiveProperty ; rdfs:domain ex:Garden",
         "owl:TransitiveProperty ; rdfs:domain ex:Plant", f"{EX}inside"),
    put(69, "ex:Tree owl:equivalentClass ex:height .", f"{EX}Tree"),
    put(69, "ex:inside owl:equivalentProperty ex:height .", f"{EX}inside"),
    put(70, "ex:Wood a owl:Class ; owl:equivalentClass ex:Tree .", f"{EX}Wood", "Tree"),
    put(71, "ex:Trees a owl:Class ; rdfs:label 'trees'@en .", f"{EX}Trees", "nearly"),
    put(72, "ex:Bed owl:equivalentClass [ owl:intersectionOf ( ex:Garden ex:Bed ) ] .", f"{EX}Bed"),
    put(73, "ex:near owl:propertyChainAxiom ( ex:borders ) .", f"{EX}near"),
    put(74, "ex:Moss a owl:Class ; rdfs:subClassOf ex:Plant .", f"{EX}Plant", "Moss"),
    put(75, "ex:Tree owl:disjointWith ex:Plant .", f"{EX}Tree", "Plant"),
    put(76, "ex:Park owl:equivalentClass ex:Garden ; rdfs:subClassOf ex:Garden .", f"{EX}Park"),
    put(77, "ex:Ivy a owl:Class ; rdfs:subClassOf ex:Tree , ex:Herb .", f"{EX}Ivy", "no member"),
    put(77, "plant:oak a ex:Garden .", f"{ID}plant/oak", "contradicts"),
    put(78, "ex:Bed rdfs:subClassOf [ owl:unionOf ( ex:Garden ex:Park ) ] .", f"{EX}Bed", "RL"),
    put(79, "ex:Tree a skos:Concept .", f"{EX}Tree", "Concept"),
    put(80, "ex:Tree rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:growsIn ;"
        " owl:allValuesFrom ex:Garden ] .", f"{EX}Tree", "asks for none"),
    put(80, "ex:Tree rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:growsIn ;"
        " owl:someValuesFrom [ owl:complementOf ex:Park ] ] .", f"{EX}Tree", "not of a class"),
    put(81, "ex:Tree rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:growsIn ;"
        " owl:someValuesFrom ex:Garden ] .", f"{EX}Tree"),
    put(82, "ex:Date a owl:Class .", f"{EX}Date"),
    put(83, "ex:Oak a owl:Class ; rdfs:subClassOf ex:Tree . ex:HolmOak a owl:Class ;"
        " rdfs:subClassOf ex:Oak .", f"{EX}Tree", "one child"),
    put(84, "ex:girth a owl:DatatypeProperty ; rdfs:domain ex:Tree . plant:fern a ex:Plant ;"
        " ex:girth 1 .", f"{EX}girth", "Plant"),
    cut(85, "rdfs:subClassOf skos:Concept ;", ONTOLOGY),
]  # fmt: skip

LINKS = [
    put(88, "<https://w3id.org/gardens/onto> owl:imports <https://example.org/onto> .", ONTOLOGY,
        "example.org/onto"),
    put(90, "garden:old skos:closeMatch <http://www.wikidata.org/entity/Q1> .", f"{ID}garden/old"),
    put(91, "topic:botany owl:sameAs <https://example.org/botany> .", f"{ID}topic/botany"),
    Case(93, "Q188617", "Q0188617", "http://www.wikidata.org/entity/Q0188617", "Wikidata"),
    put(93, "garden:kew bibo:isbn '978-3-16-148410-1' .", f"{ID}garden/kew", "ISBN"),
    put(93, "garden:kew dcterms:creator <https://orcid.org/0000-0002-1825-0098> .",
        "https://orcid.org/0000-0002-1825-0098", "ORCID"),
]  # fmt: skip

DATA = [
    cut(95, 'rdfs:label "Kew"@en ;', f"{ID}garden/kew", "label"),
    Case(95, "sh:minCount 1", "sh:minCount 'one'", EX, "sh:minCount"),
    put(96, "ex:Wall a owl:Class .", f"{EX}Wall", "No shape"),
    put(96, "ex:Lawn a sh:NodeShape ; sh:targetClass ex:Lawnn .", f"{EX}Lawnn", "target"),
    Case(97, '"1759"^^xsd:gYear', '"1759?"^^xsd:gYear', f"{ID}garden/kew", "1759?"),
    Case(98, "ex:growsIn garden:old .", "ex:growsIn garden:older .", f"{ID}garden/older", "mint"),
    cut(99, 'rdfs:label "oak"@en ;', f"{ID}plant/oak", "no label"),
    Case(99, "plant:oak a ex:Tree ;", "plant:oak", f"{ID}plant/oak", "no class"),
    Case(99, "dcterms:source <https://example.org/book> .\ngarden:kew", "rdfs:seeAlso <urn:x> .\ngarden:kew",
         f"{ID}graph/gardens", "no source"),
    cut(100, "rdf:object topic:botany ;\n    dcterms:source <https://example.org/book>",
        f"{ID}topic/claim", "who makes it"),
    put(100, "@prefix glocal: <https://w3id.org/glocal/ontology#> . topic:x a glocal:Assertion .",
        f"{ID}topic/x", "where it stands"),
    put(100, "@prefix glocal: <https://w3id.org/glocal/ontology#> . topic:x a glocal:Assertion ;"
        " glocal:reportedIn topic:y .", f"{ID}topic/x", "who says it"),
    put(100, "@prefix glocal: <https://w3id.org/glocal/ontology#> . topic:x a glocal:Assertion ;"
        " glocal:interpretedFrom topic:y ; glocal:by topic:z ; glocal:confidence 0.5 .",
        f"{ID}topic/x", "for which reason"),
    put(101, "plant:oak ex:height 31 .", f"{ID}plant/oak", "2 values"),
    put(101, "ex:Garden rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:about ;"
        " owl:maxCardinality 1 ] . garden:kew ex:about topic:leisure .", f"{ID}garden/kew", "at most 1"),
    put(102, 'garden:kew schema:endDate "1700"^^xsd:gYear .', f"{ID}garden/kew", "is before schema:startDate"),
    put(102, 'garden:kew dcterms:created "2030"^^xsd:gYear .', f"{ID}garden/kew", "yet to come"),
    put(102, 'garden:kew dcterms:date "3020"^^xsd:gYear .', f"{ID}garden/kew", "far ahead"),
    Case(103, "geo:lat 51.47", "geo:lat 151.47", f"{ID}garden/kew", "-90 to 90"),
    put(103, "garden:kew <http://www.opengis.net/ont/geosparql#asWKT> 'POINT(51 -200)' .",
        f"{ID}garden/kew", "longitude, latitude"),
    put(104, "garden:kew dcterms:extent '1,5' .", f"{ID}garden/kew", "number"),
    put(104, "garden:kew dcterms:date '31/5/1759' .", f"{ID}garden/kew", "date"),
    put(105, "plant:young-oak a ex:Tree ; rdfs:label 'Oak'@en ; ex:growsIn garden:kew .",
        f"{ID}plant/young-oak", "oak"),
    put(106, "ex:Wall a owl:Class .", ONTOLOGY, "Wall"),
    put(107, "topic:botany skos:broader topic:leisure .", f"{ID}topic/botany", "S27"),
    Case(107, '"pastime"@en', '"leisure"@en', f"{ID}topic/leisure", "S13"),
    put(107, "topic:botany skos:prefLabel 'plants'@en .", f"{ID}topic/botany", "S14"),
    put(107, "topic:botany a skos:ConceptScheme .", f"{ID}topic/botany", "S9"),
    Case(108, "rdfs:label \"graph of gardens\"@en ;\n    dcterms:license",
         "rdfs:label \"graph of gardens\"@en ;\n    rdfs:seeAlso", f"{ID}graph/gardens"),
    put(109, "garden:kew foaf:mbox <mailto:a@example.org> .", f"{ID}garden/kew", "foaf:mbox"),
    put(109, "garden:kew rdfs:comment 'Write to a@example.org.'@en .", f"{ID}garden/kew", "mail"),
]  # fmt: skip

CASES = IDENTITY + HEADER + TERMS + LINKS + DATA
