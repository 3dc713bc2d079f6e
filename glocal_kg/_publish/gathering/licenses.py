"""The licenses that data is published under, where they lie on the web, and their short names."""

from __future__ import annotations

import re

# Where a license lies on the web, without scheme and end, and its name in the list of SPDX.
_CC = "creativecommons.org/licenses/"
OPEN_LICENSES = {
    "creativecommons.org/publicdomain/zero/1.0": "CC0-1.0",
    "creativecommons.org/publicdomain/mark/1.0": "public domain",
    **{f"{_CC}by/{v}": f"CC-BY-{v}" for v in ("2.0", "2.5", "3.0", "4.0")},
    **{f"{_CC}by-sa/{v}": f"CC-BY-SA-{v}" for v in ("2.0", "2.5", "3.0", "4.0")},
    "opendatacommons.org/licenses/odbl/1.0": "ODbL-1.0",
    "opendatacommons.org/licenses/odbl/1-0": "ODbL-1.0",
    "opendatacommons.org/licenses/by/1.0": "ODC-By-1.0",
    "opendatacommons.org/licenses/by/1-0": "ODC-By-1.0",
    "opendatacommons.org/licenses/pddl/1.0": "PDDL-1.0",
    "opendatacommons.org/licenses/pddl/1-0": "PDDL-1.0",
    "www.apache.org/licenses/LICENSE-2.0": "Apache-2.0",
    "opensource.org/licenses/MIT": "MIT",
    "opensource.org/licenses/Apache-2.0": "Apache-2.0",
    "opensource.org/licenses/BSD-3-Clause": "BSD-3-Clause",
    "opendatacommons.org/licenses/dbcl/1.0": "DbCL-1.0",
    "opendatacommons.org/licenses/dbcl/1-0": "DbCL-1.0",
    "www.gnu.org/licenses/gpl-3.0": "GPL-3.0",
    "www.nationalarchives.gov.uk/doc/open-government-licence/version/3": "OGL-UK-3.0",
    "www.w3.org/copyright/software-license-2023": "W3C",
    "www.w3.org/Consortium/Legal/2015/copyright-software-and-document": "W3C-20150513",
}
CLOSED_LICENSES = {
    f"{_CC}{kind}/{v}": f"CC-{kind.upper()}-{v}"
    for kind in ("by-nc", "by-nd", "by-nc-sa", "by-nc-nd")
    for v in ("2.0", "2.5", "3.0", "4.0")
}
"""Licenses that are known and not open: they forbid trade, or changes."""

_ENDS = re.compile(r"(/|\.html|\.txt|/legalcode|/deed)(\.[a-z_]{2,7})?$")


def license_of(iri: str) -> tuple[str, bool] | None:
    """The SPDX name of a license and whether it is open; None for an unknown one.

    >>> license_of("http://creativecommons.org/licenses/by/4.0/legalcode")
    ('CC-BY-4.0', True)
    >>> license_of("https://creativecommons.org/licenses/by-nc/4.0/")
    ('CC-BY-NC-4.0', False)
    >>> license_of("https://spdx.org/licenses/MIT.html")
    ('MIT', True)
    """
    bare = iri.partition("://")[2]
    while (shorter := _ENDS.sub("", bare)) != bare:
        bare = shorter
    if bare not in OPEN_LICENSES:
        bare = bare.removeprefix("www.")
    if bare.startswith("spdx.org/licenses/"):
        name = bare.removeprefix("spdx.org/licenses/")
        if name in OPEN_LICENSES.values():
            return name, True
        return (name, False) if name in CLOSED_LICENSES.values() else None
    if bare in OPEN_LICENSES:
        return OPEN_LICENSES[bare], True
    return (CLOSED_LICENSES[bare], False) if bare in CLOSED_LICENSES else None


def license_name(iri: str) -> str:
    """The short name of a license in the list of SPDX, or its IRI where none is known here.

    >>> license_name("http://creativecommons.org/licenses/by/4.0")
    'CC-BY-4.0'
    >>> license_name("https://example.org/own-license")
    'https://example.org/own-license'
    """
    known = license_of(iri)
    return known[0] if known is not None else iri


def license_asks(iri: str) -> str:
    """What a license mainly asks for, in the words of ADMS; ``""`` where that is not known here.

    >>> license_asks("https://creativecommons.org/licenses/by/4.0/")
    'Attribution'
    >>> license_asks("https://example.org/own-license")
    ''
    """
    name = license_name(iri)
    return next((kind for start, kind in _ASKS if re.fullmatch(start, name)), "")


_ASKS = (
    (r"CC0-1\.0|PDDL-1\.0|public domain", "PublicDomain"),
    (r"CC-BY-[\d.]+|ODC-By-1\.0", "Attribution"),
    (r"CC-BY-SA-[\d.]+|ODbL-1\.0|GPL-3\.0", "ViralEffect-ShareAlike"),
    (r"CC-BY-NC.*", "NonCommercialUseOnly"),
    (r"CC-BY-ND.*", "NoDerivativeWork"),
)
"""Names of licenses, and what each is in http://purl.org/adms/licencetype/1.1."""


DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>]+")
"""The syntax of a DOI without the address in front."""
