"""The agreement as text for a terminal and as HTML for a notebook and a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glocal_kg._glocal.ratings.rating import Agreement, AgreementFigure, AgreementReport
from glocal_kg._glocal.ratings.scale import shown_value
from glocal_kg._glocal.ratings.sentences import SENTENCES, Sentences
from glocal_kg._glocal.ratings.words import said as phrase
from glocal_kg._rdf.escaping import escape


def text(report: AgreementReport) -> str:
    """The report as plain text, in its language."""
    lines = [*_head(report)]
    for agreement in report.all():
        lines += ["", *_agreement(report, agreement)]
    return "\n".join([*lines, "", *_foot(report), ""])


def _said(report: AgreementReport) -> Sentences:
    return SENTENCES[report.language]


def _head(report: AgreementReport) -> Iterator[str]:
    said, ratings = _said(report), report.ratings
    yield said.counted.format(
        ratings=len(ratings),
        units=len(ratings.units),
        raters=len(ratings.raters),
        criteria=len(ratings.criteria),
    )
    if ratings.synthetic:
        yield said.synthetic
    for one, other in almost_alike(map(ratings.label, ratings.criteria)):
        yield said.alike.format(one=one, other=other)


def almost_alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each two names that may be one: a letter or two differ, in names without figures.

    >>> list(almost_alike(("universality", "universalty", "locality", "item 1", "item 2")))
    [('universality', 'universalty')]
    """
    from difflib import SequenceMatcher

    ends = [name.replace("#", "/").rpartition("/")[2] for name in names]  # of IRIs
    words = [name for name in ends if not any(sign.isdigit() for sign in name)]
    for at, one in enumerate(words[:_MOST]):
        for other in words[at + 1 : _MOST]:
            if SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= _ALIKE:
                yield one, other


_ALIKE = 0.9
_MOST = 100  # names that are compared: each with each


def _foot(report: AgreementReport) -> Iterator[str]:
    said = _said(report)
    if report.no_overall:
        reason = phrase(f"undefined: {report.no_overall}", said.language)
        yield said.overall.format(reason=reason)
    if any(one.disputes for one in report.all()):
        yield disagreement(report, report.language)
    if report.resamples:
        yield said.method.format(resamples=report.resamples, seed=report.seed)
    for numbers, names in cited(report).items():
        yield said.thresholds.format(names=", ".join(names), said=numbers)
    yield report.origin_text(said.language)


def _agreement(report: AgreementReport, agreement: Agreement) -> Iterator[str]:
    label, said = report.ratings.label, _said(report)
    yield f"{label(agreement.criterion) or said.all_ratings}: {_counts(agreement, said)}"
    yield f"  {said.scale.format(scale=phrase(agreement.scale.text(), said.language))}"
    for figure in agreement.figures:
        spread = f"  {_spread(figure, said)}" if _spread(figure, said) else ""
        note = f"  [{phrase(figure.note, said.language)}]" if figure.note else ""
        yield f"  {figure.name:<16} {phrase(figure.text(), said.language):>8}{spread}{note}"
    if agreement.without:
        yield f"  {said.left_out.format(coefficient=agreement.without[0][1].name)}"
        for rater, figure in agreement.without:
            value = phrase(figure.text(), said.language)
            yield f"    {said.without.format(rater=label(rater))}: {value}"
    if agreement.disputes:
        yield f"  {said.disputed}"
    for dispute in agreement.disputes:
        given = ", ".join(f"{label(r)} {shown_value(v)}" for r, v in dispute.values.items())
        yield f"    {dispute.disagreement:.2f}  {label(dispute.unit)}: {given}"


def _counts(agreement: Agreement, said: Sentences) -> str:
    return said.of_one.format(
        ratings=agreement.ratings,
        units=agreement.units,
        paired=agreement.paired,
        raters=len(agreement.raters),
    )


def _spread(figure: AgreementFigure, said: Sentences) -> str:
    between = figure.interval
    return phrase(between.text(), said.language) if between and figure.value is not None else ""


def disagreement(report: AgreementReport, language: str) -> str:
    """What the disagreement of a unit is, with the levels of measurement that were assumed."""
    levels = dict.fromkeys(one.scale.difference for one in report.all())
    told = ", ".join(phrase(level, language) for level in levels)
    return SENTENCES[language].disagreement.format(level=told)


def cited(report: AgreementReport) -> dict[str, list[str]]:
    """The numbers of authors, each once with its source, and the figures they were given for."""
    found: dict[str, list[str]] = {}
    for figure in report.all()[0].figures:
        for threshold in figure.thresholds:
            numbers = ", ".join(f"{value:g}" for value in threshold.values)
            found.setdefault(f"{numbers} ({threshold.source})", []).append(figure.name)
    return found


def html(report: AgreementReport) -> str:
    """The report as HTML: a table of figures for each criterion."""
    parts = [f"<p>{escape(line)}</p>" for line in _head(report)]
    parts += [_html_of(report, agreement) for agreement in report.all()]
    parts += [f"<p>{escape(line)}</p>" for line in _foot(report)]
    return "\n".join(parts)


def _html_of(report: AgreementReport, agreement: Agreement) -> str:
    label, said = report.ratings.label, _said(report)
    head = escape(label(agreement.criterion) or said.all_ratings)
    scale = said.scale.format(scale=phrase(agreement.scale.text(), said.language))
    columns = "".join(f"<th>{escape(column)}</th>" for column in said.columns)
    parts = [
        f"<h4>{head}</h4><p>{escape(_counts(agreement, said))}. {escape(scale)}.</p>",
        f"<table><thead><tr>{columns}</tr></thead><tbody>",
        *(_row(figure, said) for figure in agreement.figures),
        "</tbody></table>",
    ]
    if agreement.without:
        leaving = said.left_out.format(coefficient=agreement.without[0][1].name)
        items = [
            f"{said.without.format(rater=label(rater))}: {phrase(one.text(), said.language)}"
            for rater, one in agreement.without
        ]
        parts.append(f"<p>{escape(leaving)}</p>{_list('ul', items)}")
    if agreement.disputes:
        items = [
            f"{label(one.unit)} ({one.disagreement:.2f}): "
            + ", ".join(f"{label(r)} {shown_value(v)}" for r, v in one.values.items())
            for one in agreement.disputes
        ]
        parts.append(f"<p>{escape(said.disputed)}</p>{_list('ol', items)}")
    return "\n".join(parts)


def _row(figure: AgreementFigure, said: Sentences) -> str:
    note, paper = (phrase(one, said.language) for one in (figure.note, figure.paper))
    value = phrase(figure.text(), said.language)
    cells = (figure.name, value, _spread(figure, said), note, paper)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _list(kind: str, items: list[str]) -> str:
    return f"<{kind}>{''.join(f'<li>{escape(item)}</li>' for item in items)}</{kind}>"
