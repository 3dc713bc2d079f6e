"""The agreement as text for a terminal and as HTML for a notebook and a report."""

from __future__ import annotations

from glocal_kg._glocal.ratings.rating import Agreement, AgreementReport, Figure
from glocal_kg._glocal.ratings.scale import shown_value
from glocal_kg._rdf.visible import escape

SYNTHETIC = "Synthetic ratings, made up to show the computation: no finding."


def text(report: AgreementReport) -> str:
    """The report as plain text."""
    lines = [repr(report.ratings)[1:-1] + "."]
    if report.ratings.synthetic:
        lines.append(SYNTHETIC)
    for agreement in report.all():
        lines += ["", *_agreement(report, agreement)]
    if report.no_overall:
        lines += ["", f"Overall: undefined: {report.no_overall}."]
    if report.resamples:
        lines += ["", _method(report)]
    return "\n".join([*lines, *_cited(report), report.origin_text(), ""])


def _agreement(report: AgreementReport, agreement: Agreement) -> list[str]:
    label = report.ratings.label
    lines = [f"{label(agreement.criterion) or 'All ratings'}: {_counts(agreement)}"]
    lines.append(f"  Scale: {agreement.scale.text()}")
    for figure in agreement.figures:
        spread = f"  {_spread(figure)}" if figure.interval and figure.value is not None else ""
        note = f"  [{figure.note}]" if figure.note else ""
        lines.append(f"  {figure.name:<16} {figure.text():>8}{spread}{note}")
    if agreement.without:
        lines.append(f"  {agreement.without[0][1].name}, each rater left out in turn:")
        lines += [f"    without {label(r)}: {figure.text()}" for r, figure in agreement.without]
    if agreement.disputes:
        lines.append("  Most disputed (1 is as far apart as by chance):")
    for dispute in agreement.disputes:
        given = ", ".join(f"{label(r)} {shown_value(v)}" for r, v in dispute.values.items())
        lines.append(f"    {dispute.disagreement:.2f}  {label(dispute.unit)}: {given}")
    return lines


def _counts(agreement: Agreement) -> str:
    return (
        f"{agreement.ratings} ratings of {agreement.units} units by {len(agreement.raters)} "
        f"raters, {agreement.paired} units with two or more"
    )


def _spread(figure: Figure) -> str:
    between = figure.interval
    if between is None:
        return ""
    if between.low is None or between.high is None:
        return between.text()
    lacking = f"; {between.without_value} without a value" if between.without_value else ""
    return f"{between.low:.4f} to {between.high:.4f}{lacking}"


def _method(report: AgreementReport) -> str:
    return (
        f"Intervals: percentiles of {report.resamples} resamples of the units, "
        f"seed {report.seed} (Efron and Tibshirani 1993)."
    )


def cited(report: AgreementReport) -> dict[str, list[str]]:
    """The numbers of authors, each once with its source, and the figures they were given for."""
    found: dict[str, list[str]] = {}
    for figure in report.all()[0].figures:
        for threshold in figure.thresholds:
            numbers = ", ".join(f"{value:g}" for value in threshold.values)
            found.setdefault(f"{numbers} ({threshold.source})", []).append(figure.name)
    return found


def _cited(report: AgreementReport) -> list[str]:
    return [f"Thresholds for {', '.join(names)}: {said}." for said, names in cited(report).items()]


def html(report: AgreementReport) -> str:
    """The report as HTML: a table of figures for each criterion."""
    parts = [f"<p>{escape(repr(report.ratings)[1:-1])}.</p>"]
    if report.ratings.synthetic:
        parts.append(f"<p><strong>{SYNTHETIC}</strong></p>")
    parts += [_html_of(report, agreement) for agreement in report.all()]
    if report.no_overall:
        parts.append(f"<p>Overall: undefined: {escape(report.no_overall)}.</p>")
    if report.resamples:
        parts.append(f"<p>{escape(_method(report))}</p>")
    parts += [f"<p>{escape(line)}</p>" for line in (*_cited(report), report.origin_text())]
    return "\n".join(parts)


def _html_of(report: AgreementReport, agreement: Agreement) -> str:
    label = report.ratings.label
    head = escape(label(agreement.criterion) or "All ratings")
    rows = [
        f"<tr><td>{escape(figure.name)}</td><td>{escape(figure.text())}</td>"
        f"<td>{escape(_spread(figure))}</td><td>{escape(figure.note)}</td>"
        f"<td>{escape(figure.paper)}</td></tr>"
        for figure in agreement.figures
    ]
    disputes = [
        f"<li>{escape(label(one.unit))} ({one.disagreement:.2f}): "
        + escape(", ".join(f"{label(r)} {shown_value(v)}" for r, v in one.values.items()))
        + "</li>"
        for one in agreement.disputes
    ]
    without = [
        f"<li>without {escape(label(rater))}: {escape(figure.text())}</li>"
        for rater, figure in agreement.without
    ]
    leaving = escape(agreement.without[0][1].name) if agreement.without else ""
    return "\n".join(
        [
            f"<h4>{head}</h4><p>{escape(_counts(agreement))}. "
            f"Scale: {escape(agreement.scale.text())}.</p>",
            "<table><thead><tr><th>Coefficient</th><th>Value</th><th>Interval</th>"
            "<th>Note</th><th>After</th></tr></thead><tbody>",
            *rows,
            "</tbody></table>",
            f"<p>{leaving}, each rater left out in turn:</p><ul>{''.join(without)}</ul>"
            if without
            else "",
            f"<p>Most disputed (1 is as far apart as by chance):</p><ol>{''.join(disputes)}</ol>"
            if disputes
            else "",
        ]
    )
