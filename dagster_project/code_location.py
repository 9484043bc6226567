"""What Dagster's processes load. the settings of this process -> definitions"""

from core.logs import log_as_server
from core.settings import settings
from dagster_project.definitions import platform_definitions

log_as_server()
definitions = platform_definitions(settings())
