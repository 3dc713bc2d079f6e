"""Networks: typed projections to networkx, measures that are the same each time, and files.

``building`` makes graphs of nodes and links, ``projections`` says which links there are,
``measures`` and ``betweenness`` measure, ``exporting`` writes GEXF, GraphML and GeoJSON.
"""
