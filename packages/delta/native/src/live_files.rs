//! The data files of one version of a table.

use std::collections::HashMap;

use deltalake_core::kernel::{EagerSnapshot, LogicalFileView};
use deltalake_core::logstore::LogStoreRef;
use futures::TryStreamExt as _;
use napi_derive::napi;

use crate::error::CodedResult;

#[napi(object)]
pub struct LiveFile {
    /// As it is called in storage, relative to the table.
    pub path: String,
    pub byte_size: i64,
    pub partition_values: HashMap<String, Option<String>>,
    /// Statistics as JSON, as the protocol's "Per-file Statistics" has them.
    pub stats: Option<String>,
}

pub async fn list(store: &LogStoreRef, version: i64) -> CodedResult<Vec<LiveFile>> {
    Ok(views(store, version)
        .await?
        .iter()
        .map(|view| LiveFile {
            path: view.path().into_owned(),
            byte_size: view.size(),
            partition_values: view.partition_values_map(),
            stats: view.stats(),
        })
        .collect())
}

pub async fn views(store: &LogStoreRef, version: i64) -> CodedResult<Vec<LogicalFileView>> {
    let snapshot = EagerSnapshot::try_new(store.as_ref(), Some(version as u64)).await?;
    let views = snapshot
        .file_views(store.as_ref(), None)
        .try_collect()
        .await?;
    Ok(views)
}
