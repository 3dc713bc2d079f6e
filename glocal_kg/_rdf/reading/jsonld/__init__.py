"""JSON-LD 1.1 as statements: contexts, expansion and the step to RDF, as the W3C defines them.

Source: *JSON-LD 1.1 Processing Algorithms and API*, sections 4.1 (contexts), 4.2 (terms), 5.1
(expansion) and 8 (to RDF). What those let a processor drop in silence, because it is no IRI or
no language tag, is an error here: all of a document is read, or nothing.
"""

from glocal_kg._rdf.reading.jsonld.beside import contexts_beside as contexts_beside
from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault as JsonLdFault
from glocal_kg._rdf.reading.jsonld.to_rdf import met_in_json as met_in_json
from glocal_kg._rdf.reading.jsonld.to_rdf import placed_fault as placed_fault
from glocal_kg._rdf.reading.jsonld.to_rdf import quads_of as quads_of
from glocal_kg._rdf.reading.jsonld.to_rdf import statements as statements
