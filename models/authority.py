"""The authority (tenant) and the host names that choose it. Global: read before the tenant is known."""

import uuid

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Facts


class Authority(Base):
    """A local authority. `settings` holds what it may change: colours, numbers, addresses, contacts."""

    __tablename__ = "authority"

    id: Mapped[uuid.UUID] = mapped_column(
        primary_key=True, default=uuid.uuid4, server_default=text("gen_random_uuid()")
    )
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    settings: Mapped[Facts]
    wrapped_key: Mapped[bytes]


class AuthorityHost(Base):
    """A host name and the authority it serves."""

    __tablename__ = "authority_host"

    host: Mapped[str] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("authority.id"))
