"""Every setting of the platform, read from TIQZY_* variables and `.env`; nothing else reads the environment."""

from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent


class Environment(StrEnum):
    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class ProviderKind(StrEnum):
    OCTO = "octo"


class ConnectionSettings(BaseModel):
    """Our account at one provider."""

    model_config = ConfigDict(frozen=True)

    connection_id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,30}$")
    provider: ProviderKind = ProviderKind.OCTO
    url: str = Field(pattern=r"^https?://")
    api_key: SecretStr
    locales: tuple[str, ...] = ("en",)
    has_fixed_retail: bool = False


class Settings(BaseSettings):
    """One tree for all processes; a process reads what concerns it. Each field is explained in `.env.example`."""

    model_config = SettingsConfigDict(env_prefix="TIQZY_", env_nested_delimiter="__", extra="ignore", frozen=True)

    environment: Environment = Environment.DEVELOPMENT
    home: Path = ROOT / ".tiqzy"
    database_url: SecretStr | None = None
    shop_database_url: SecretStr | None = None
    lake_url: str | None = None
    publish_url: str | None = None
    connections: tuple[ConnectionSettings, ...] = ()
    stripe_key: SecretStr | None = None
    stripe_webhook_secret: SecretStr | None = None
    stripe_url: str | None = Field(default=None, pattern=r"^https?://[^?#]*[^?#/]$")
    smtp_url: SecretStr | None = None
    mail_from: str | None = Field(default=None, pattern=r"^[^@\s<>]+@[^@\s<>]+$")
    shop_url: str | None = Field(default=None, pattern=r"^https?://[^/]+$")
    dashboards_url: str | None = Field(default=None, pattern=r"^https?://[^/]+$")
    shop_port: int = 8000
    dashboards_port: int = 8501
    dagster_port: int = 3000
    sandbox_port: int = 8100
    fail_at: str | None = None

    @cached_property
    def lake_path(self) -> str:
        """Where the lake's Parquet files lie: a folder, or an object store's address."""
        return self.lake_url or str(self.home / "lake")

    @cached_property
    def publish_path(self) -> str:
        """Where releases and manifests are published, as fsspec understands it."""
        return self.publish_url or str(self.home / "published")

    @model_validator(mode="after")
    def _production_is_explicit(self) -> Self:
        if self.environment is Environment.PRODUCTION:
            names = ("database_url", "shop_database_url", "lake_url", "publish_url")
            missing = [f"TIQZY_{name.upper()}" for name in names if getattr(self, name) is None]
            if missing:
                raise ValueError(f"production needs {', '.join(missing)}")
        return self


def read_settings(*, env_files: tuple[Path, ...] | None = None) -> Settings:
    """Settings from the environment, over `.env`, over what `make run` wrote for its own processes.

    SettingsError names each bad variable in one sentence and shows no value.
    """
    try:
        if env_files is not None:
            return Settings(_env_file=env_files)
        home = Settings(_env_file=ROOT / ".env").home
        return Settings(_env_file=(home / "settings.env", ROOT / ".env"))
    except ValidationError as error:
        reasons = "; ".join(
            f"TIQZY_{'__'.join(str(part).upper() for part in item['loc'])}: {item['msg']}"
            if item["loc"]
            else item["msg"]
            for item in error.errors(include_input=False)
        )
        raise SettingsError(f"settings cannot be used: {reasons}") from None


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings()
