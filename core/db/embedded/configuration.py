"""What the embedded server is told: a socket and no port, passwords always, durable, modest in memory."""

from pathlib import Path

ACCESS_RULES = "local all all scram-sha-256\n"

SERVER_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    # Dagster's page, daemon and runs take about 40, the lake's readers and writers 40, the API 30; tests come on top.
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    # Its compiling costs more than it gains on queries as short as ours.
    "jit": "off",
}

# What only a server that lasts needs. Autovacuum works as a superuser, whom the owner's DROP DATABASE may not end.
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "autovacuum": "on"}


def server_configuration(socket_folder: Path, *, is_durable: bool) -> str:
    """The text of postgresql.conf, written anew at each start."""
    # Quoted twice: the value is itself a list, in which a comma would end a path.
    folder = '"' + str(socket_folder).replace('"', '""') + '"'
    durability = DURABLE if is_durable else dict.fromkeys(DURABLE, "off")
    settings = {**SERVER_SETTINGS, **durability, "unix_socket_directories": folder}
    return "".join(f"{name} = {_quoted(value)}\n" for name, value in settings.items())


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
