"""The law as pure data and small functions: dates in, dates out. Standard library only; reads no clock."""
