//! The application transactions of a table, all in one pass over its log.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_array::{Array as _, RecordBatch};
use delta_kernel::actions::LOG_TXN_SCHEMA;
use delta_kernel::engine::arrow_data::ArrowEngineData;
use delta_kernel::snapshot::Snapshot;
use deltalake_core::logstore::LogStoreRef;
use tokio::task::spawn_blocking;

use crate::error::{CodedError, CodedResult};

/// The newest version of each application id; delta-rs itself looks for one id in a pass.
pub async fn all(
    store: &LogStoreRef,
    snapshot: &Arc<Snapshot>,
) -> CodedResult<HashMap<String, i64>> {
    let engine = store.engine(None);
    let snapshot = Arc::clone(snapshot);
    spawn_blocking(move || {
        let mut newest = HashMap::new();
        // Newest entries come first, then the checkpoint.
        let batches = snapshot
            .log_segment()
            .read_actions(engine.as_ref(), LOG_TXN_SCHEMA.clone())?;
        for batch in batches {
            let data = ArrowEngineData::try_from_engine_data(batch?.actions)?;
            keep_newest(&mut newest, &RecordBatch::from(*data))?;
        }
        Ok(newest)
    })
    .await?
}

fn keep_newest(newest: &mut HashMap<String, i64>, batch: &RecordBatch) -> CodedResult<()> {
    let missing = || CodedError::damaged("an application transaction without id or version");
    let txn = batch.column(0).as_struct_opt().ok_or_else(missing)?;
    let ids = txn
        .column_by_name("appId")
        .and_then(|ids| ids.as_string_opt::<i32>())
        .ok_or_else(missing)?;
    let versions = txn
        .column_by_name("version")
        .and_then(|versions| versions.as_primitive_opt::<Int64Type>())
        .ok_or_else(missing)?;
    for row in 0..txn.len() {
        if txn.is_valid(row) && ids.is_valid(row) {
            newest
                .entry(ids.value(row).to_owned())
                .or_insert_with(|| versions.value(row));
        }
    }
    Ok(())
}
