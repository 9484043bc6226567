"""The shop's sales as the lake has them: every row that is a figure, none that is a person."""
