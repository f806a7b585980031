"""How fast the page's reads are over 2.5 years."""
