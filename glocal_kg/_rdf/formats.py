"""One table of formats: code, suffix, media type. Everything that reads or writes asks it.

>>> by_suffix("practices.ttl.gz")
Format(turtle)
>>> TURTLE.media_type
'text/turtle'
"""

from __future__ import annotations

from pyoxigraph import RdfFormat

from glocal_kg.errors import NotFoundError


class Format:
    """A way to write RDF or query results: its code, suffixes and media type.

    ``rdf`` is the parser's own name of an RDF format, None for results; ``named_graphs``
    tells whether the format can hold more than one graph.
    """

    __slots__ = ("code", "media_type", "named_graphs", "rdf", "suffixes")

    def __init__(
        self, code: str, suffixes: tuple[str, ...], media_type: str, rdf: RdfFormat | None = None
    ) -> None:
        self.code = code
        self.suffixes = suffixes
        self.media_type = media_type
        self.rdf = rdf
        self.named_graphs = rdf is not None and rdf.supports_datasets

    @property
    def suffix(self) -> str:
        """The suffix files of this format get, with its dot."""
        return self.suffixes[0]

    def __repr__(self) -> str:
        return f"Format({self.code})"


TURTLE = Format("turtle", (".ttl", ".turtle"), "text/turtle", RdfFormat.TURTLE)
TRIG = Format("trig", (".trig",), "application/trig", RdfFormat.TRIG)
N_TRIPLES = Format("ntriples", (".nt",), "application/n-triples", RdfFormat.N_TRIPLES)
N_QUADS = Format("nquads", (".nq",), "application/n-quads", RdfFormat.N_QUADS)
JSON_LD = Format("jsonld", (".jsonld",), "application/ld+json", RdfFormat.JSON_LD)
RDF_XML = Format("rdfxml", (".rdf", ".owl"), "application/rdf+xml", RdfFormat.RDF_XML)

CSV = Format("csv", (".csv",), "text/csv")
TSV = Format("tsv", (".tsv",), "text/tab-separated-values")
JSON = Format("json", (".srj", ".json"), "application/sparql-results+json")
XML = Format("xml", (".srx", ".xml"), "application/sparql-results+xml")

RDF_FORMATS = (TURTLE, TRIG, N_TRIPLES, N_QUADS, JSON_LD, RDF_XML)
RESULT_FORMATS = (CSV, TSV, JSON, XML)
QUERY_SUFFIX, QUERY_TYPE = ".rq", "application/sparql-query"
GZIP_SUFFIX, GZIP_TYPE = ".gz", "application/gzip"
PACKINGS = (GZIP_SUFFIX, ".zst", ".bz2", ".xz", ".zip")
"""Suffixes of compressed files."""


def by_code(code: str) -> Format:
    """The format with this code or media type.

    Raises ``NotFoundError`` that lists the codes.

    >>> by_code("nquads") is by_code("application/n-quads")
    True
    """
    wanted = code.lower().partition(";")[0].strip() if isinstance(code, str) else ""
    for known in RDF_FORMATS + RESULT_FORMATS:
        if wanted in (known.code, known.media_type):
            return known
    codes = ", ".join(known.code for known in RDF_FORMATS + RESULT_FORMATS)
    raise NotFoundError(f"There is no format {code!r}.", remedy=f"Formats are: {codes}.")


def packing_of(name: str) -> str:
    """The suffix of a compressed file; empty for other names.

    >>> packing_of("cities.nq.ZST"), packing_of("cities.nq")
    ('.zst', '')
    """
    return next((suffix for suffix in PACKINGS if name.lower().endswith(suffix)), "")


def by_suffix(name: str) -> Format | None:
    """The RDF format a file name promises, compressed or not; None for other names.

    >>> by_suffix("notes.txt") is None
    True
    """
    lowered = name.lower().removesuffix(packing_of(name))
    for known in RDF_FORMATS:
        if lowered.endswith(known.suffixes):
            return known
    return None
