"""Every setting of the application, read once from `WEBINAR_*` and checked at the door."""

import secrets
from pathlib import Path
from typing import Any, Literal, cast

from flask import current_app
from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MIN_SECRET_LENGTH = 32
_OWN_HOSTS = ("", "127.0.0.1", "::1", "localhost")


class Settings(BaseSettings):
    """Settings of one installation; each may come from `WEBINAR_<NAME>` (see .env.example).

    Raises pydantic's ValidationError, naming the setting, when a value cannot be used.
    """

    model_config = SettingsConfigDict(env_prefix="WEBINAR_", env_file=".env", extra="ignore")

    mode: Literal["production", "demo", "test"] = Field(
        "production", description="production, demo or test; only production refuses weak settings"
    )
    base_url: str = Field(
        "http://127.0.0.1:8000", description="address people reach us at; all links start with it"
    )
    secret_key: str = Field("", description="at least 32 random characters; signs cookies and personal links")
    data: Path = Field(Path("var"), description="folder for the SQLite file, uploads and kept mails")
    database_url: str = Field("", description="SQLAlchemy URL; empty: SQLite in the data folder")
    mail_carrier: Literal["smtp", "folder"] = Field(
        "smtp", description="smtp sends, folder keeps .eml files in data/mails"
    )
    smtp_host: str = Field("127.0.0.1", description="outgoing mail server")
    smtp_port: int = Field(25, ge=1, le=65535, description="its port")
    smtp_user: str = Field("", description="sign-in name there, empty: none")
    smtp_password: str = Field("", description="and its password")
    smtp_security: Literal["none", "starttls", "tls"] = Field("none", description="none, starttls or tls")
    mail_from: str = Field(
        "events@example.org", description="From and ORGANIZER address; a mailbox somebody reads"
    )
    reply_address: str = Field(
        "", description="ORGANIZER address that answers to invitations go to; empty: the From address"
    )
    reply_tokens: bool = Field(
        False,
        description="write a secret after a plus into it; only where the mail server delivers such mail",
    )
    imap_host: str = Field("", description="mail server where the answers are read; empty: not read by IMAP")
    imap_port: int = Field(993, ge=1, le=65535, description="its port")
    imap_user: str = Field("", description="sign-in name there")
    imap_password: str = Field("", description="and its password")
    imap_security: Literal["tls", "starttls", "none"] = Field("tls", description="tls, starttls or none")
    imap_folder: str = Field("INBOX", description="folder where the answers arrive")
    imap_handled: str = Field(
        "", description="folder that read answers are moved to; empty: they stay, flagged as seen"
    )
    imap_seconds: float = Field(60, gt=0, description="pause between two looks at it")
    inbound_secret: str = Field(
        "", description="at least 32 random characters that open /calendars/inbound; empty: it stays closed"
    )
    inbound_max_bytes: int = Field(
        1_000_000, ge=10_000, le=50_000_000, description="largest mail that is read, in bytes"
    )
    authserv_id: str = Field(
        "",
        description="name of your mail server in the Authentication-Results it writes; empty: none is believed",
    )
    support_email: str = Field(
        "events@example.org", description="shown in the footer and in mails as the way to a person"
    )
    proxy_hops: int = Field(
        0, ge=0, le=5, description="reverse proxies in front whose X-Forwarded-* headers count"
    )
    upload_max_bytes: int = Field(50_000_000, description="largest slide file, in bytes")
    report_max_bytes: int = Field(20_000_000, description="largest attendance report, in bytes")
    metrics_token: str = Field(
        "", description="bearer token for /metrics; empty: only in demo and test mode open"
    )
    host: str = Field("127.0.0.1", description="address `webinar run` listens at")
    port: int = Field(8000, ge=1, le=65535, description="port `webinar run` listens at")
    web_workers: int = Field(2, ge=1, le=64, description="worker processes of `webinar run`")
    lease_seconds: int = Field(
        600, ge=1, description="how long a claimed letter is held; at least 10x the send deadline"
    )
    send_deadline_seconds: float = Field(60, gt=0, description="total time one mail may take to send")
    tick_seconds: float = Field(2, gt=0, description="pause between two looks of the worker at the outbox")
    sweep_seconds: float = Field(60, gt=0, description="pause between two looks for due reminders")
    clock_offset_file: Path | None = Field(
        None, description="test and demo only: file holding seconds to add to the clock"
    )

    @model_validator(mode="after")
    def _fit_for_its_mode(self) -> "Settings":
        self.base_url = self.base_url.rstrip("/")
        if not self.database_url:
            self.database_url = f"sqlite:///{(self.data / 'webinar.sqlite3').resolve()}"
        if self.mode == "production":
            self._refuse_weak()
        elif not self.secret_key:
            self.secret_key = secrets.token_urlsafe(48)
        if self.lease_seconds < 10 * self.send_deadline_seconds:
            raise ValueError(
                "WEBINAR_LEASE_SECONDS must be at least ten times WEBINAR_SEND_DEADLINE_SECONDS, "
                "or a slow mail could be sent twice"
            )
        return self

    def _refuse_weak(self) -> None:
        if len(self.secret_key) < MIN_SECRET_LENGTH:
            raise ValueError("WEBINAR_SECRET_KEY must hold at least 32 random characters")
        if not self.base_url.startswith("https://"):
            raise ValueError("WEBINAR_BASE_URL must start with https:// in production")
        if self.inbound_secret and len(self.inbound_secret) < MIN_SECRET_LENGTH:
            raise ValueError("WEBINAR_INBOUND_SECRET must hold at least 32 random characters, or be empty")
        if self.imap_host not in _OWN_HOSTS and self.imap_security == "none":
            raise ValueError("WEBINAR_IMAP_SECURITY must be tls or starttls: the password would be readable")
        if self.clock_offset_file:
            raise ValueError("WEBINAR_CLOCK_OFFSET_FILE is for tests and the demo, not for production")

    @property
    def mail_domain(self) -> str:
        """The domain of the sending address; used in Message-IDs and calendar UIDs."""
        return self.mail_from.rpartition("@")[2]

    @property
    def organizer_address(self) -> str:
        """The address that answers to invitations go to."""
        return self.reply_address or self.mail_from


def settings() -> Settings:
    """The settings of the application in whose context we run."""
    return cast(Settings, current_app.extensions["webinar.settings"])


def extension(name: str) -> Any:
    """What `create_app` gave the running application under a name, for rooms that must not know the giver."""
    return current_app.extensions[name]
