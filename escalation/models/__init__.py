"""The tables, one module per aggregate; the lowest Django layer."""
