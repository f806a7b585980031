"""Charts as SVG text: they need no plotting library to draw or to look at.

Colours are CSS colours, `var(--name, #fallback)` included. Text, grid and ground have a class each beside their own
colour, so that a page that embeds a chart may give it a dark one.
"""
