/**
 * Settings a new cluster is made with (postgresql.conf, where whoever runs the machine may change them): durable, and
 * sensible on a machine with 2 cores and 2 GB. Checkpoints are rare and spread: a full-page image per page and
 * checkpoint is what an ingest of small rows pays most for.
 */
export const clusterSettings: Record<string, string> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  // Two workers and a hash of 3 × 8 MB stay below the 64 MB of shared memory that a container is given.
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  wal_compression: 'on',
  min_wal_size: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  random_page_cost: '1.1',
  jit: 'off',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/** Settings that hold whatever postgresql.conf says: one door, on this machine only, and a log that cannot fill a disk. */
export const fixedSettings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_file_mode: '0600',
}

/** For a cluster that lives as long as a test run: nothing needs to survive a power cut. */
export const testSettings: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_connections: '200',
}
