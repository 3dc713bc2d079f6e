"""The engines: OWL 2 RL and SHACL, for any ontology and any shapes."""
