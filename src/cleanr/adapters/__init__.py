"""cleanr inside other tools: ``table.map_batches(arrow.clean)``. Small, and imported by nothing here.

A module of this package needs the tool that it is for, which an extra of cleanr installs; `import cleanr` loads none.
"""
