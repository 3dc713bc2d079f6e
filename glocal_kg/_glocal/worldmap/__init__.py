"""A map of the world with practices and partnerships, as SVG and PNG.

``content`` is what it shows, ``outline`` the packaged land and borders, ``projection`` and
``ties`` lay the globe on a sheet, ``place_labels`` finds room for names, ``drawing`` writes the
SVG.
"""
