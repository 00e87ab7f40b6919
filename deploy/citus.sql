-- MemoryOS on Citus: every table divided by owner, the rows of one owner together on one shard.
--
-- Once, on the coordinator, while the database is empty: first CREATE EXTENSION citus and
-- "memoryos migrate", then
--
--     psql --single-transaction --set ON_ERROR_STOP=1 --file deploy/citus.sql "$URL"
--
-- docs/deploy.md says what to expect, and that this was written by Citus's manual and not run on it.

-- What every query about an owner begins with. The number of shards bounds the number of nodes.
SELECT create_distributed_table('owners', 'owner', shard_count => 64);

-- What belongs to an owner lies where its row lies.
SELECT create_distributed_table('pages', 'owner', colocate_with => 'owners');
SELECT create_distributed_table('embeddings', 'owner', colocate_with => 'owners');
SELECT create_distributed_table('segments', 'owner', colocate_with => 'owners');
SELECT create_distributed_table('facts', 'owner', colocate_with => 'owners');
SELECT create_distributed_table('traits', 'owner', colocate_with => 'owners');
SELECT create_distributed_table('evidence', 'owner', colocate_with => 'owners');
SELECT create_distributed_table('tombstones', 'owner', colocate_with => 'owners');
SELECT create_distributed_table('sources', 'owner', colocate_with => 'owners');
SELECT create_distributed_table('ledger', 'owner', colocate_with => 'owners');
SELECT create_distributed_table('model_calls', 'owner', colocate_with => 'owners');
SELECT create_distributed_table('erasures', 'owner', colocate_with => 'owners');

-- One row, read beside an owner's: a copy on every node.
SELECT create_reference_table('store');

-- Read when a store is opened, and by nothing else: it stays on the coordinator.
SELECT citus_add_local_table_to_metadata('alembic_version');
