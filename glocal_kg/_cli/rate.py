"""``glocal rate``: how far raters agree, from a table or from the graph."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, graph, on_terminal, tell, tongue, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg._rdf.escaping import file_stem
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.ratings.rating import AgreementReport

FORMATS = ("text", "csv", "json", "html")
LEVELS = ("nominal", "ordinal", "interval", "ratio")

VERB = Verb(
    "rate [TABLE] [options]",
    "How far raters agree, per criterion and overall: Krippendorff's alpha, Cohen's kappa,\n"
    "Fleiss, Gwet's AC1, ICC, percent agreement, with intervals, each rater left out in turn, and\n"
    "the most disputed practices. TABLE is a CSV or TSV file, wide (a column for each rater) or\n"
    "long (unit, rater, score); without it the assessments in the graph are rated. Exit code 1:\n"
    "no ratings.",
    "glocal rate ratings.csv --scale 1-5\n"
    "glocal rate ratings.csv --scale low,middle,high --format csv\n"
    "glocal rate -d corpus.ttl --picture scores.svg\n"
    "glocal rate -d corpus.ttl --record agreement.trig --date 2026-11-30",
    [
        Option("--scale", "the declared scale: 1-5, or values from low to high", value="SCALE"),
        Option("--level", "what the scale measures (default: ordinal)", choices=LEVELS),
        Option("--form", "how the table lies (default: by its columns)", choices=("wide", "long")),
        Option("--unit", "the column of what is rated", value="COLUMN"),
        Option("--rater", "the column of who rates (long table)", value="COLUMN"),
        Option("--score", "the column of the score (long table)", value="COLUMN"),
        Option("--missing", "a sign that means no rating", value="SIGN", many=True),
        Option("--coefficient -c", "work out these alone", value="NAME", many=True),
        Option("--resamples", "resamples for intervals (default: 1000)", value="N"),
        Option("--share", "how much of them an interval holds (default: 0.95)", value="N"),
        Option("--seed", "the seed of the resamples (default: 1)", value="N"),
        Option("--disputes", "how many disputed units to list (default: 10)", value="N"),
        Option("--synthetic", "the ratings are made up (in the graph: rate only such)"),
        Option("--source", "rate only a graph, or mine", value="IRI", many=True),
        Option(
            "--picture", "draw the scores of each criterion: .svg, .png", value="FILE", writes=True
        ),
        Option(
            "--record",
            "write the figures as DQV measurements: .nq, .trig",
            value="FILE",
            writes=True,
        ),
        Option("--date", "the day of the measurement (--record)", value="DATE", only="record"),
        Option(
            "--about",
            "the IRI of what was measured (--record)",
            value="IRI",
            many=True,
            only="record",
        ),
        Option("--format -f", "how to write it", choices=FORMATS),
        *OWN,
        LANG,
    ],
    most=1,
)


def run(given: Given) -> int:
    """Rate, and write the figures."""
    from glocal_kg._glocal.ratings.rating import rate
    from glocal_kg._glocal.ratings.rating_tables import read_ratings
    from glocal_kg._glocal.ratings.sentences import SENTENCES
    from glocal_kg._glocal.ratings.telling import almost_alike

    level = next((one for one in LEVELS if one == given.one("level")), None)
    if given.arguments:
        for name in ("source", "graph", "data", "data-format", "base"):
            if given.has(name):
                raise GlocalError(
                    "A table is rated by itself.", remedy=f"Leave out --{name}, or TABLE."
                )
        ratings = read_ratings(
            given.arguments[0],
            scale=given.one("scale") or None,
            level=level or "ordinal",  # type: ignore[arg-type]  # who gives another word is told
            form=given.one("form") or None,  # type: ignore[arg-type]  # who gives another word is told
            unit=given.one("unit"),
            rater=given.one("rater"),
            score=given.one("score"),
            missing=given.all("missing"),
            synthetic=given.has("synthetic"),
        )
    else:
        for name in ("scale", "form", "unit", "rater", "score", "missing"):
            if given.has(name):
                raise GlocalError(
                    f"--{name} says how to read a table.", remedy="Give the table as well."
                )
        ratings = graph(given).ratings(
            source=given.all("source") or None,
            synthetic=given.has("synthetic"),
            level=level,  # type: ignore[arg-type]  # who gives another word is told
        )
    if not len(ratings):
        write("There are no ratings, so there is no agreement.")
        return 1
    report = rate(
        ratings,
        language=tongue(given),
        coefficients=given.all("coefficient") or None,
        seed=given.whole("seed", 1),
        resamples=given.whole("resamples", 1000),
        share=given.number("share", 0.95),
        disputes=given.whole("disputes", 10),
    )
    if given.has("picture"):
        report.spread().write(given.one("picture"))
    if given.has("record"):
        _record(given, report)
    shape = given.one("format") or ("text" if on_terminal() else "csv")
    if shape in ("csv", "json"):  # the others say it themselves
        for one, other in almost_alike(map(ratings.label, ratings.criteria)):
            tell(SENTENCES["en"].alike.format(one=one, other=other))
    write(
        {
            "text": report.to_text,
            "csv": report.to_csv,
            "json": report.to_json,
            "html": report.to_html,
        }[shape]()
    )
    return 0


def _record(given: Given, report: AgreementReport) -> None:
    """Write the figures as facts; the name of the file names their graph."""
    from pathlib import Path

    from pyoxigraph import RdfFormat, serialize

    from glocal_kg._glocal.ratings.measurements import measurements
    from glocal_kg._rdf.writing.whole_file import write_whole

    target = Path(given.one("record"))
    formats = {".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG}
    if target.suffix not in formats:
        raise GlocalError(
            f"Measurements cannot be written as '{target.name}'.",
            remedy="Give a name that ends in .nq or .trig.",
        )
    if not given.has("date"):
        raise GlocalError("A measurement has a date.", remedy="Add --date 2026-11-30.")
    name = file_stem(target)
    quads = measurements(report, name, date=given.one("date"), about=given.all("about"))
    written = serialize(quads, format=formats[target.suffix])
    assert written is not None
    write_whole(target, written)
