//! Checkpoints, which spare readers the log before them.

use deltalake_core::DeltaTable;
use deltalake_core::checkpoints::{cleanup_metadata, create_checkpoint};
use deltalake_core::logstore::LogStoreRef;
use deltalake_core::table::config::TablePropertiesExt as _;

use crate::error::CodedResult;

/// Writes the checkpoint of a version; then removes entries before it, where they are older than the table keeps them.
pub async fn write(store: LogStoreRef, version: i64) -> CodedResult<()> {
    let mut table = DeltaTable::new(store);
    table.load_version(version as u64).await?;
    create_checkpoint(&table, None).await?;
    if table
        .snapshot()?
        .table_config()
        .enable_expired_log_cleanup()
    {
        cleanup_metadata(&table, None).await?;
    }
    Ok(())
}
