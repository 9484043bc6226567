"""`python -m dashboards [--host H] [--port P]`"""

from dashboards.server import main

main()
