//! Commits that outlive a power cut.

use std::fs::File;
use std::path::Path;

use deltalake_core::logstore::LogStoreRef;
use tokio::task::spawn_blocking;

/// Puts a local log entry, its name and those of the folders above it on disk; `object_store` leaves that to the system.
/// The entry is there for every reader whatever comes of it, so file systems that cannot sync are no failure.
pub async fn sync_entry(store: &LogStoreRef, version: u64) {
    let Ok(table) = store.root_url().to_file_path() else {
        return;
    };
    let log = table.join("_delta_log");
    let entry = log.join(format!("{version:020}.json"));
    let _ = spawn_blocking(move || [entry, log, table].iter().all(|path| sync(path).is_ok())).await;
}

fn sync(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()
}
