"""Drawing: each function shows what it is given and loads nothing."""
