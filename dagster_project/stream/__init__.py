"""Sales on their way to the figures, in one warm process: `python -m dagster_project.stream`

changes.py    the shop's database says that something was sold -> wake up
unread.py     what was sold and is not in the lake, or not in a release, yet
batch.py      load, build, publish, as one run on Dagster's page
worker.py     when: at once, again after a failure, and every few minutes unasked
"""
