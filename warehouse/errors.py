"""What can go wrong between the lake and a reader.

CatalogueError
├── BuildFailed      SQLMesh could not build a model
├── AuditsFailed     a blocking audit found rows that must not reach a reader
├── PublishFailed    a release could not be written: a full disk, a folder or bucket that is closed to us
├── ReleaseShrank    far fewer rows than the release that readers see now
├── UnknownRelease   a rollback to a version that is not kept
└── NoRelease        nothing was ever published, or nothing this process can read
"""

from core.errors import CatalogueError


class BuildFailed(CatalogueError):
    """A model could not be built; the last release stays."""


class AuditsFailed(CatalogueError):
    """A blocking audit found rows; the text names each audit, its model and how many rows."""


class PublishFailed(CatalogueError):
    """A release could not be written or stored; readers keep the last one."""


class ReleaseShrank(CatalogueError):
    """A table lost more rows than a normal day explains; the last release stays."""


class UnknownRelease(CatalogueError):
    """The version asked for is not among the releases kept."""


class NoRelease(CatalogueError):
    """There is nothing to read yet; the text says why."""
