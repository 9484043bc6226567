"""Resellers, their shops, and who signs in

Row-level security: a row is its reseller's, and the reseller is what the transaction says it is (`tiqzy.reseller_id`).
What must be known before there is a reseller is answered by functions that run as tiqzy_lookup, which may read no more than that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_reseller()
    create_shop()
    create_shop_area()
    create_account()
    create_account_session()
    for table in ("reseller", "shop", "shop_area", "account", "account_session"):
        isolate(table)
    op.execute(REVISION_GROWS)
    op.execute(GRANTS)
    op.execute(LOOKUPS)


def downgrade() -> None:
    raise NotImplementedError("a schema goes forward; to go back, restore a backup")


def create_reseller() -> None:
    op.create_table(
        "reseller",
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("reseller_id <> ''", name=op.f("reseller_reseller_id_check")),
        sa.PrimaryKeyConstraint("reseller_id", name="reseller_pkey"),
    )


def create_shop() -> None:
    op.create_table(
        "shop",
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tagline", sa.Text(), server_default="", nullable=False),
        sa.Column("intro", sa.Text(), server_default="", nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_type", sa.Text(), nullable=True),
        sa.Column("colour_primary", sa.Text(), nullable=False),
        sa.Column("colour_accent", sa.Text(), nullable=False),
        sa.Column("font", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), server_default="en", nullable=False),
        sa.Column("currency", sa.Text(), server_default="EUR", nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'", name=op.f("shop_slug_check")),
        sa.CheckConstraint("host = lower(host) AND host <> ''", name=op.f("shop_host_check")),
        sa.CheckConstraint(
            "colour_primary ~ '^#[0-9a-f]{6}$' AND colour_accent ~ '^#[0-9a-f]{6}$'", name=op.f("shop_colours_check")
        ),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("shop_currency_check")),
        sa.CheckConstraint("(logo IS NULL) = (logo_type IS NULL)", name=op.f("shop_logo_check")),
        sa.CheckConstraint("logo_type IN ('image/png', 'image/webp', 'image/jpeg')", name=op.f("shop_logo_type_check")),
        sa.ForeignKeyConstraint(["reseller_id"], ["reseller.reseller_id"], name="shop_reseller_id_fkey"),
        sa.PrimaryKeyConstraint("shop_id", name="shop_pkey"),
        sa.UniqueConstraint("slug", name="shop_slug_key"),
        sa.UniqueConstraint("host", name="shop_host_key"),
        sa.UniqueConstraint("shop_id", "reseller_id", name="shop_shop_id_reseller_id_key"),
    )
    op.create_index("shop_reseller_id_idx", "shop", ["reseller_id"])


def create_shop_area() -> None:
    op.create_table(
        "shop_area",
        sa.Column("shop_area_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=False),
        sa.Column("country_code", sa.Text(), nullable=False),
        sa.Column("city_id", sa.Text(), nullable=True),
        sa.CheckConstraint("country_code ~ '^[A-Z]{2}$'", name=op.f("shop_area_country_code_check")),
        sa.ForeignKeyConstraint(
            ["shop_id", "reseller_id"],
            ["shop.shop_id", "shop.reseller_id"],
            name="shop_area_shop_id_reseller_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("shop_area_id", name="shop_area_pkey"),
        sa.UniqueConstraint(
            "shop_id",
            "country_code",
            "city_id",
            name="shop_area_shop_id_country_code_city_id_key",
            postgresql_nulls_not_distinct=True,
        ),
    )


def create_account() -> None:
    op.create_table(
        "account",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("account_email_check")),
        sa.CheckConstraint("role IN ('OWNER', 'ANALYST', 'STAFF')", name=op.f("account_role_check")),
        sa.CheckConstraint("role <> 'OWNER' OR reseller_id IS NOT NULL", name=op.f("account_owner_check")),
        sa.CheckConstraint("role <> 'STAFF' OR reseller_id IS NULL", name=op.f("account_staff_check")),
        sa.ForeignKeyConstraint(["reseller_id"], ["reseller.reseller_id"], name="account_reseller_id_fkey"),
        sa.PrimaryKeyConstraint("account_id", name="account_pkey"),
        sa.UniqueConstraint("email", name="account_email_key"),
    )
    op.create_index("account_reseller_id_idx", "account", ["reseller_id"])


def create_account_session() -> None:
    op.create_table(
        "account_session",
        sa.Column("session_hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("reseller_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.account_id"], name="account_session_account_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reseller_id"], ["reseller.reseller_id"], name="account_session_reseller_id_fkey"),
        sa.PrimaryKeyConstraint("session_hash", name="account_session_pkey"),
    )
    op.create_index("account_session_account_id_idx", "account_session", ["account_id"])


def isolate(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    # Without FORCE the owner of the table would not be bound by it.
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    own = "reseller_id = current_setting('tiqzy.reseller_id', true)"
    op.execute(f"CREATE POLICY tenant ON {table} USING ({own}) WITH CHECK ({own})")


REVISION_GROWS = """
CREATE FUNCTION shop_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  NEW.updated_at := now();
  RETURN NEW;
END $$;

CREATE TRIGGER shop_changed BEFORE UPDATE ON shop FOR EACH ROW EXECUTE FUNCTION shop_changed();

CREATE FUNCTION shop_area_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.shop SET updated_at = now() WHERE shop_id IN (OLD.shop_id, NEW.shop_id);
  RETURN NULL;
END $$;

CREATE TRIGGER shop_area_changed AFTER INSERT OR UPDATE OR DELETE ON shop_area FOR EACH ROW EXECUTE FUNCTION shop_area_changed();
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE ON reseller, shop, account TO tiqzy_shop;
GRANT SELECT, INSERT, DELETE ON shop_area TO tiqzy_shop;

-- Our own people have no reseller, so no tenant can make or see them; the owner can, and nothing else of other tenants.
CREATE POLICY ours ON account TO CURRENT_USER USING (reseller_id IS NULL) WITH CHECK (reseller_id IS NULL);
"""

LOOKUPS = """
GRANT SELECT (shop_id, reseller_id, slug, host, revision) ON shop TO tiqzy_lookup;
GRANT SELECT (account_id, reseller_id, email, password_hash, role) ON account TO tiqzy_lookup;
GRANT SELECT, INSERT, DELETE ON account_session TO tiqzy_lookup;
CREATE POLICY lookup ON shop FOR SELECT TO tiqzy_lookup USING (true);
CREATE POLICY lookup ON account FOR SELECT TO tiqzy_lookup USING (true);
CREATE POLICY lookup ON account_session TO tiqzy_lookup USING (true) WITH CHECK (true);

CREATE FUNCTION find_shop(wanted_host text, wanted_slug text)
RETURNS TABLE (shop_id text, reseller_id text, slug text, revision integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.shop_id, s.reseller_id, s.slug, s.revision FROM public.shop AS s
  WHERE s.host = lower(wanted_host) OR s.slug = wanted_slug
  ORDER BY (s.host = lower(wanted_host)) IS TRUE DESC LIMIT 1
$$;

CREATE FUNCTION find_account(wanted_email text)
RETURNS TABLE (account_id text, reseller_id text, email text, role text, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.account_id, a.reseller_id, a.email, a.role, a.password_hash FROM public.account AS a
  WHERE a.email = lower(wanted_email)
$$;

CREATE FUNCTION open_session(new_hash text, for_account_id text, until timestamptz)
RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM public.account_session AS s WHERE s.account_id = for_account_id AND s.expires_at <= now();
  INSERT INTO public.account_session (session_hash, account_id, reseller_id, expires_at)
  SELECT new_hash, a.account_id, a.reseller_id, until FROM public.account AS a WHERE a.account_id = for_account_id
$$;

CREATE FUNCTION find_session(wanted_hash text, at timestamptz)
RETURNS TABLE (account_id text, reseller_id text, email text, role text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.account_id, a.reseller_id, a.email, a.role, s.expires_at
  FROM public.account_session AS s JOIN public.account AS a ON a.account_id = s.account_id
  WHERE s.session_hash = wanted_hash AND s.expires_at > at
$$;

CREATE FUNCTION close_session(old_hash text)
RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM public.account_session WHERE session_hash = old_hash
$$;

-- The functions run as tiqzy_lookup; to receive them it must for a moment be able to create.
GRANT CREATE ON SCHEMA public TO tiqzy_lookup;
DO $$
DECLARE signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'find_shop(text, text)', 'find_account(text)', 'find_session(text, timestamptz)',
    'open_session(text, text, timestamptz)', 'close_session(text)'
  ]::regprocedure[] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO tiqzy_shop', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO tiqzy_lookup', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM tiqzy_lookup;
"""
