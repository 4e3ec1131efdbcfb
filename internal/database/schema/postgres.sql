-- Written by go test ./internal/database -update; do not edit.

CREATE TABLE audit_log (
    store_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    type text NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    details text,
    actor_id text COLLATE "C",
    actor_name text NOT NULL,
    "timestamp" timestamp with time zone NOT NULL,
    CONSTRAINT audit_log_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT audit_log_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id)
);
CREATE INDEX audit_log_by_time ON public.audit_log USING btree (store_id, "timestamp" DESC, id DESC);

CREATE TABLE event_tickets (
    ticket_hash text COLLATE "C" NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    session_id text COLLATE "C" NOT NULL,
    store_id text COLLATE "C" NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT event_tickets_pkey PRIMARY KEY (ticket_hash),
    CONSTRAINT event_tickets_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id),
    CONSTRAINT event_tickets_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

CREATE TABLE idempotency_answers (
    user_id text COLLATE "C" NOT NULL,
    idempotency_key text COLLATE "C" NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    status integer NOT NULL,
    content_type text NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_answers_pkey PRIMARY KEY (user_id, idempotency_key)
);
CREATE INDEX idempotency_answers_by_time ON public.idempotency_answers USING btree (created_at);

CREATE TABLE job_leases (
    name text COLLATE "C" NOT NULL,
    holder text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT job_leases_pkey PRIMARY KEY (name)
);

CREATE TABLE key_checks (
    name text COLLATE "C" NOT NULL,
    digest text COLLATE "C" NOT NULL,
    CONSTRAINT key_checks_pkey PRIMARY KEY (name)
);

CREATE TABLE login_failures (
    partner_number text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    address text COLLATE "C" NOT NULL,
    failed_at timestamp with time zone NOT NULL,
    in_row boolean NOT NULL DEFAULT true,
    CONSTRAINT login_failures_pkey PRIMARY KEY (partner_number, id)
);
CREATE INDEX login_failures_by_time ON public.login_failures USING btree (failed_at);

CREATE TABLE login_guards (
    partner_number text COLLATE "C" NOT NULL,
    locked_at timestamp with time zone,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT login_guards_pkey PRIMARY KEY (partner_number)
);
CREATE INDEX login_guards_by_time ON public.login_guards USING btree (updated_at);

CREATE TABLE login_sessions (
    id text COLLATE "C" NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    refresh_id text COLLATE "C",
    CONSTRAINT login_sessions_pkey PRIMARY KEY (id),
    CONSTRAINT login_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX login_sessions_by_expiry ON public.login_sessions USING btree (expires_at);
CREATE INDEX login_sessions_by_user ON public.login_sessions USING btree (user_id);

CREATE TABLE milk_entries (
    store_id text COLLATE "C" NOT NULL,
    session_id text COLLATE "C" NOT NULL,
    milk_type_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    foh_count integer,
    boh_count integer,
    morning_method text COLLATE "C",
    current_boh integer,
    delivered integer,
    on_order integer,
    par_value integer,
    updated_at timestamp with time zone NOT NULL,
    updated_by text COLLATE "C",
    CONSTRAINT milk_entries_pkey PRIMARY KEY (store_id, session_id, milk_type_id),
    CONSTRAINT milk_entries_boh_count_check CHECK (((boh_count >= 0) AND (boh_count <= 1000000))),
    CONSTRAINT milk_entries_current_boh_check CHECK (((current_boh >= 0) AND (current_boh <= 1000000))),
    CONSTRAINT milk_entries_delivered_check CHECK (((delivered >= 0) AND (delivered <= 1000000))),
    CONSTRAINT milk_entries_foh_count_check CHECK (((foh_count >= 0) AND (foh_count <= 1000000))),
    CONSTRAINT milk_entries_id_check CHECK (((length(id) >= 1) AND (length(id) <= 36))),
    CONSTRAINT milk_entries_morning_method_check CHECK ((morning_method = ANY (ARRAY['boh_count'::text, 'direct_delivered'::text]))),
    CONSTRAINT milk_entries_on_order_check CHECK (((on_order >= 0) AND (on_order <= 1000000))),
    CONSTRAINT milk_entries_store_id_milk_type_id_fkey FOREIGN KEY (store_id, milk_type_id) REFERENCES milk_types(store_id, id),
    CONSTRAINT milk_entries_store_id_session_id_fkey FOREIGN KEY (store_id, session_id) REFERENCES milk_sessions(store_id, id) ON DELETE CASCADE,
    CONSTRAINT milk_entries_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES users(id)
);

CREATE TABLE milk_par_levels (
    store_id text COLLATE "C" NOT NULL,
    milk_type_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    par_value integer NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    updated_by text COLLATE "C",
    CONSTRAINT milk_par_levels_pkey PRIMARY KEY (store_id, milk_type_id),
    CONSTRAINT milk_par_levels_id_check CHECK (((length(id) >= 1) AND (length(id) <= 36))),
    CONSTRAINT milk_par_levels_par_value_check CHECK (((par_value >= 0) AND (par_value <= 1000000))),
    CONSTRAINT milk_par_levels_store_id_milk_type_id_fkey FOREIGN KEY (store_id, milk_type_id) REFERENCES milk_types(store_id, id),
    CONSTRAINT milk_par_levels_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES users(id)
);

CREATE TABLE milk_sessions (
    store_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    session_date date NOT NULL,
    status text COLLATE "C" NOT NULL,
    reopened boolean NOT NULL DEFAULT false,
    night_foh_saved_at timestamp with time zone,
    night_foh_user_id text COLLATE "C",
    night_boh_saved_at timestamp with time zone,
    night_boh_user_id text COLLATE "C",
    morning_saved_at timestamp with time zone,
    morning_user_id text COLLATE "C",
    on_order_saved_at timestamp with time zone,
    on_order_user_id text COLLATE "C",
    completed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone,
    CONSTRAINT milk_sessions_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT milk_sessions_store_id_session_date_key UNIQUE (store_id, session_date),
    CONSTRAINT milk_sessions_check CHECK (((status = 'completed'::text) = (completed_at IS NOT NULL))),
    CONSTRAINT milk_sessions_id_check CHECK (((length(id) >= 1) AND (length(id) <= 36))),
    CONSTRAINT milk_sessions_status_check CHECK ((status = ANY (ARRAY['night_foh'::text, 'night_boh'::text, 'morning'::text, 'on_order'::text, 'completed'::text]))),
    CONSTRAINT milk_sessions_morning_user_id_fkey FOREIGN KEY (morning_user_id) REFERENCES users(id),
    CONSTRAINT milk_sessions_night_boh_user_id_fkey FOREIGN KEY (night_boh_user_id) REFERENCES users(id),
    CONSTRAINT milk_sessions_night_foh_user_id_fkey FOREIGN KEY (night_foh_user_id) REFERENCES users(id),
    CONSTRAINT milk_sessions_on_order_user_id_fkey FOREIGN KEY (on_order_user_id) REFERENCES users(id),
    CONSTRAINT milk_sessions_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id)
);
CREATE INDEX milk_sessions_by_completion ON public.milk_sessions USING btree (store_id, completed_at DESC, id DESC) WHERE (completed_at IS NOT NULL);
CREATE INDEX milk_sessions_by_morning ON public.milk_sessions USING btree (store_id, morning_saved_at DESC, id DESC) WHERE (morning_saved_at IS NOT NULL);
CREATE INDEX milk_sessions_by_night_boh ON public.milk_sessions USING btree (store_id, night_boh_saved_at DESC, id DESC) WHERE (night_boh_saved_at IS NOT NULL);
CREATE INDEX milk_sessions_by_night_foh ON public.milk_sessions USING btree (store_id, night_foh_saved_at DESC, id DESC) WHERE (night_foh_saved_at IS NOT NULL);
CREATE INDEX milk_sessions_by_status ON public.milk_sessions USING btree (store_id, status, session_date DESC);
CREATE INDEX milk_sessions_in_progress ON public.milk_sessions USING btree (store_id) WHERE (status <> 'completed'::text);

CREATE TABLE milk_types (
    store_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    category text COLLATE "C" NOT NULL,
    display_order integer NOT NULL,
    active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT milk_types_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT milk_types_store_id_name_key_key UNIQUE (store_id, name_key),
    CONSTRAINT milk_types_category_check CHECK ((category = ANY (ARRAY['dairy'::text, 'non_dairy'::text]))),
    CONSTRAINT milk_types_display_order_check CHECK ((display_order >= 1)),
    CONSTRAINT milk_types_id_check CHECK (((length(id) >= 1) AND (length(id) <= 36))),
    CONSTRAINT milk_types_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id)
);

CREATE TABLE rtde_items (
    store_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    name text NOT NULL,
    brand text,
    image_filename text,
    icon text,
    par_level integer NOT NULL,
    display_order integer NOT NULL,
    active boolean NOT NULL,
    was_used boolean NOT NULL DEFAULT false,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT rtde_items_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT rtde_items_id_check CHECK (((length(id) >= 1) AND (length(id) <= 36))),
    CONSTRAINT rtde_items_par_level_check CHECK (((par_level >= 1) AND (par_level <= 1000000))),
    CONSTRAINT rtde_items_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id)
);
CREATE INDEX rtde_items_in_order ON public.rtde_items USING btree (store_id, display_order, id);

CREATE TABLE rtde_session_counts (
    store_id text COLLATE "C" NOT NULL,
    session_id text COLLATE "C" NOT NULL,
    item_id text COLLATE "C" NOT NULL,
    counted_quantity integer,
    is_pulled boolean NOT NULL DEFAULT false,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT rtde_session_counts_pkey PRIMARY KEY (store_id, session_id, item_id),
    CONSTRAINT rtde_session_counts_counted_quantity_check CHECK (((counted_quantity >= 0) AND (counted_quantity <= 1000000))),
    CONSTRAINT rtde_session_counts_store_id_item_id_fkey FOREIGN KEY (store_id, item_id) REFERENCES rtde_items(store_id, id),
    CONSTRAINT rtde_session_counts_store_id_session_id_fkey FOREIGN KEY (store_id, session_id) REFERENCES rtde_sessions(store_id, id) ON DELETE CASCADE
);
CREATE INDEX rtde_session_counts_by_item ON public.rtde_session_counts USING btree (store_id, item_id);

CREATE TABLE rtde_sessions (
    store_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    started_by text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    started_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    completed_at timestamp with time zone,
    items_counted integer NOT NULL DEFAULT 0,
    items_pulled integer NOT NULL DEFAULT 0,
    units_pulled integer NOT NULL DEFAULT 0,
    duration_seconds integer NOT NULL DEFAULT 0,
    received_at timestamp with time zone,
    CONSTRAINT rtde_sessions_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT rtde_sessions_check CHECK (((status = 'completed'::text) = (completed_at IS NOT NULL))),
    CONSTRAINT rtde_sessions_id_check CHECK (((length(id) >= 1) AND (length(id) <= 36))),
    CONSTRAINT rtde_sessions_status_check CHECK ((status = ANY (ARRAY['in_progress'::text, 'completed'::text]))),
    CONSTRAINT rtde_sessions_started_by_fkey FOREIGN KEY (started_by) REFERENCES users(id),
    CONSTRAINT rtde_sessions_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id),
    CONSTRAINT rtde_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX rtde_sessions_completed ON public.rtde_sessions USING btree (store_id, completed_at DESC, id DESC) WHERE (status = 'completed'::text);
CREATE INDEX rtde_sessions_expiry ON public.rtde_sessions USING btree (expires_at) WHERE (status = 'in_progress'::text);
CREATE UNIQUE INDEX rtde_sessions_one_in_progress ON public.rtde_sessions USING btree (store_id, user_id) WHERE (status = 'in_progress'::text);

CREATE TABLE setup_codes (
    code_hash text COLLATE "C" NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT setup_codes_pkey PRIMARY KEY (code_hash)
);

CREATE TABLE store_events (
    store_id text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    type text NOT NULL,
    payload text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT store_events_pkey PRIMARY KEY (store_id, revision),
    CONSTRAINT store_events_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id)
);
CREATE INDEX store_events_by_time ON public.store_events USING btree (created_at);

CREATE TABLE store_members (
    user_id text COLLATE "C" NOT NULL,
    store_id text COLLATE "C" NOT NULL,
    CONSTRAINT store_members_pkey PRIMARY KEY (user_id, store_id),
    CONSTRAINT store_members_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id),
    CONSTRAINT store_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX store_members_by_store ON public.store_members USING btree (store_id, user_id);

CREATE TABLE store_revisions (
    store_id text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT store_revisions_pkey PRIMARY KEY (store_id),
    CONSTRAINT store_revisions_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id)
);

CREATE TABLE stores (
    id text COLLATE "C" NOT NULL,
    name text NOT NULL,
    number text COLLATE "C" NOT NULL,
    timezone text NOT NULL,
    business_day_start text NOT NULL,
    morning_count_cutoff text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT stores_pkey PRIMARY KEY (id),
    CONSTRAINT stores_number_key UNIQUE (number),
    CONSTRAINT stores_business_day_start_check CHECK ((length(business_day_start) = 5)),
    CONSTRAINT stores_id_check CHECK (((length(id) >= 1) AND (length(id) <= 36))),
    CONSTRAINT stores_morning_count_cutoff_check CHECK ((length(morning_count_cutoff) = 5))
);

CREATE TABLE tracking_codes (
    store_id text COLLATE "C" NOT NULL,
    code text COLLATE "C" NOT NULL,
    draw integer NOT NULL,
    in_use boolean NOT NULL DEFAULT false,
    lessee_id text COLLATE "C",
    lease_expires_at timestamp with time zone,
    freed_at timestamp with time zone,
    CONSTRAINT tracking_codes_pkey PRIMARY KEY (store_id, code),
    CONSTRAINT tracking_codes_check CHECK (((NOT in_use) OR (lessee_id IS NULL))),
    CONSTRAINT tracking_codes_check1 CHECK (((lessee_id IS NULL) = (lease_expires_at IS NULL))),
    CONSTRAINT tracking_codes_code_check CHECK ((code ~ '^[0-9]{4}$'::text)),
    CONSTRAINT tracking_codes_lessee_id_fkey FOREIGN KEY (lessee_id) REFERENCES users(id),
    CONSTRAINT tracking_codes_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id)
);
CREATE INDEX tracking_codes_free ON public.tracking_codes USING btree (store_id, freed_at NULLS FIRST, draw) WHERE ((NOT in_use) AND (lessee_id IS NULL));
CREATE INDEX tracking_codes_free_low ON public.tracking_codes USING btree (store_id, freed_at NULLS FIRST, draw) WHERE ((NOT in_use) AND (lessee_id IS NULL) AND (substr(code, 1, 1) = '0'::text));
CREATE INDEX tracking_codes_leases ON public.tracking_codes USING btree (store_id, lease_expires_at) WHERE (lessee_id IS NOT NULL);

CREATE TABLE tracking_history (
    store_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL,
    item_name text NOT NULL,
    item_code text COLLATE "C" NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    "timestamp" timestamp with time zone NOT NULL,
    notes text,
    received_at timestamp with time zone,
    CONSTRAINT tracking_history_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT tracking_history_action_check CHECK ((action = ANY (ARRAY['ADD'::text, 'REMOVE'::text, 'RESTORE'::text]))),
    CONSTRAINT tracking_history_id_check CHECK (((length(id) >= 1) AND (length(id) <= 36))),
    CONSTRAINT tracking_history_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id),
    CONSTRAINT tracking_history_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX tracking_history_by_action ON public.tracking_history USING btree (store_id, action, "timestamp" DESC, id DESC);
CREATE INDEX tracking_history_by_code ON public.tracking_history USING btree (store_id, item_code, "timestamp" DESC, id DESC);
CREATE INDEX tracking_history_by_time ON public.tracking_history USING btree (store_id, "timestamp" DESC, id DESC);
CREATE INDEX tracking_history_by_user ON public.tracking_history USING btree (store_id, user_id, "timestamp" DESC, id DESC);

CREATE TABLE tracking_items (
    store_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    category text COLLATE "C" NOT NULL,
    code text COLLATE "C" NOT NULL,
    added_by text COLLATE "C" NOT NULL,
    added_at timestamp with time zone NOT NULL,
    is_removed boolean NOT NULL DEFAULT false,
    removed_at timestamp with time zone,
    removed_by text COLLATE "C",
    CONSTRAINT tracking_items_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT tracking_items_check CHECK ((is_removed = (removed_at IS NOT NULL))),
    CONSTRAINT tracking_items_code_check CHECK ((code ~ '^[0-9]{4}$'::text)),
    CONSTRAINT tracking_items_id_check CHECK (((length(id) >= 1) AND (length(id) <= 36))),
    CONSTRAINT tracking_items_added_by_fkey FOREIGN KEY (added_by) REFERENCES users(id),
    CONSTRAINT tracking_items_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES users(id),
    CONSTRAINT tracking_items_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id)
);
CREATE INDEX tracking_items_active ON public.tracking_items USING btree (store_id, added_at DESC, id DESC) WHERE (NOT is_removed);
CREATE UNIQUE INDEX tracking_items_active_code ON public.tracking_items USING btree (store_id, code) WHERE (NOT is_removed);
CREATE INDEX tracking_items_all ON public.tracking_items USING btree (store_id, added_at DESC, id DESC);
CREATE INDEX tracking_items_names ON public.tracking_items USING btree (store_id, category, name_key, code) WHERE (NOT is_removed);
CREATE INDEX tracking_items_removed_code ON public.tracking_items USING btree (store_id, code, removed_at DESC, id DESC) WHERE is_removed;

CREATE TABLE tracking_name_templates (
    store_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    category text COLLATE "C" NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT tracking_name_templates_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT tracking_name_templates_id_check CHECK (((length(id) >= 1) AND (length(id) <= 36))),
    CONSTRAINT tracking_name_templates_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores(id)
);
CREATE INDEX tracking_name_templates_by_name ON public.tracking_name_templates USING btree (store_id, category, name_key);

CREATE TABLE users (
    id text COLLATE "C" NOT NULL,
    home_store_id text COLLATE "C" NOT NULL,
    partner_number text COLLATE "C" NOT NULL,
    name text NOT NULL,
    pin_hash text NOT NULL,
    role text NOT NULL,
    is_owner boolean NOT NULL DEFAULT false,
    status text NOT NULL,
    last_login_at timestamp with time zone,
    tokens_valid_from timestamp with time zone,
    deleted_at timestamp with time zone,
    deleted_by text COLLATE "C",
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_partner_number_key UNIQUE (partner_number),
    CONSTRAINT users_check CHECK (((role = 'admin'::text) OR (NOT is_owner))),
    CONSTRAINT users_check1 CHECK (((status = 'deleted'::text) = (deleted_at IS NOT NULL))),
    CONSTRAINT users_id_check CHECK (((length(id) >= 1) AND (length(id) <= 36))),
    CONSTRAINT users_role_check CHECK ((role = ANY (ARRAY['staff'::text, 'admin'::text]))),
    CONSTRAINT users_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'active'::text, 'deleted'::text]))),
    CONSTRAINT users_deleted_by_fkey FOREIGN KEY (deleted_by) REFERENCES users(id),
    CONSTRAINT users_home_store_id_fkey FOREIGN KEY (home_store_id) REFERENCES stores(id)
);
CREATE INDEX users_by_store ON public.users USING btree (home_store_id, created_at DESC, id DESC);
