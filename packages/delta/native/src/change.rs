//! One commit, pinned to the version that was read.

use std::collections::{HashMap, HashSet};

use deltalake_core::kernel::transaction::CommitData;
use deltalake_core::kernel::{Action, Add, CommitInfo, Metadata, Protocol, Transaction};
use deltalake_core::logstore::{CommitOrBytes, LogStoreRef};
use deltalake_core::protocol::{DeltaOperation, SaveMode};
use deltalake_core::schema::StructType;
use napi_derive::napi;
use serde_json::json;
use uuid::Uuid;

use crate::error::{CodedError, CodedResult};
use crate::{durable, live_files, table};

/// What a commit does to a table.
#[napi(object)]
pub struct TableChange {
    /// The version that the change was made against; absent where the commit makes the table.
    pub base: Option<i64>,
    /// What the table is from this commit on; absent where that does not change, needed where the table is made.
    pub metadata: Option<TableMetadata>,
    pub adds: Vec<AddedFile>,
    /// Paths of live files that go, as `live_files` says them.
    pub removes: Vec<String>,
    /// Application transactions by id.
    pub transactions: HashMap<String, i64>,
    /// The `commitInfo` action as JSON.
    pub commit_info: String,
}

#[napi(object)]
pub struct TableMetadata {
    /// That of the table, or none for a new one.
    pub id: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub schema: String,
    pub partition_columns: Vec<String>,
    pub configuration: HashMap<String, String>,
    pub created_time: i64,
}

#[napi(object)]
pub struct AddedFile {
    /// As it is called in storage, relative to the table.
    pub path: String,
    pub byte_size: i64,
    pub modified_ms: i64,
    pub partition_values: HashMap<String, Option<String>>,
    pub stats: Option<String>,
}

/// Adds the version after `base`. Fails with `CONFLICT`, and leaves nothing, where that is not the newest one.
pub async fn commit(store: &LogStoreRef, change: TableChange) -> CodedResult<i64> {
    let newest = table::newest(store).await?.map(|table| table.version());
    let version = match (change.base, newest) {
        (None, None) => 0,
        (Some(base), Some(newest)) if base as u64 == newest => newest + 1,
        (_, newest) => return Err(CodedError::conflict(newest.unwrap_or_default())),
    };
    let data = CommitData::new(
        actions_of(store, change).await?,
        // Said by the commitInfo among the actions.
        DeltaOperation::Write {
            mode: SaveMode::Append,
            partition_by: None,
            predicate: None,
        },
        HashMap::new(),
        Vec::new(),
    );
    let bytes = data.get_bytes().map_err(CodedError::from)?;
    store
        .write_commit_entry(version, CommitOrBytes::LogBytes(bytes), Uuid::new_v4())
        .await?;
    durable::sync_entry(store, version).await;
    Ok(version as i64)
}

async fn actions_of(store: &LogStoreRef, change: TableChange) -> CodedResult<Vec<Action>> {
    let mut actions = vec![Action::CommitInfo(
        serde_json::from_str::<CommitInfo>(&change.commit_info).map_err(CodedError::invalid)?,
    )];
    if change.base.is_none() {
        // What every reader and writer knows; no table of datagen needs a feature beyond.
        let protocol = json!({ "minReaderVersion": 1, "minWriterVersion": 2 });
        let protocol = serde_json::from_value::<Protocol>(protocol).map_err(CodedError::invalid)?;
        actions.push(Action::Protocol(protocol));
    }
    if let Some(metadata) = change.metadata {
        actions.push(Action::Metadata(metadata_of(metadata)?));
    }
    if let (Some(base), false) = (change.base, change.removes.is_empty()) {
        let removed: HashSet<_> = change.removes.iter().map(String::as_str).collect();
        for view in live_files::views(store, base).await? {
            if removed.contains(view.path().as_ref()) {
                actions.push(Action::Remove(view.remove_action(true)));
            }
        }
    }
    actions.extend(change.adds.into_iter().map(|file| {
        Action::Add(Add {
            path: file.path,
            partition_values: file.partition_values,
            size: file.byte_size,
            modification_time: file.modified_ms,
            data_change: true,
            stats: file.stats,
            ..Default::default()
        })
    }));
    let mut transactions: Vec<_> = change.transactions.into_iter().collect();
    transactions.sort();
    actions.extend(
        transactions
            .into_iter()
            .map(|(id, version)| Action::Txn(Transaction::new(id, version))),
    );
    Ok(actions)
}

fn metadata_of(metadata: TableMetadata) -> CodedResult<Metadata> {
    // A schema that delta-rs cannot read would make a table that nobody can.
    serde_json::from_str::<StructType>(&metadata.schema).map_err(CodedError::invalid)?;
    serde_json::from_value(json!({
        "id": metadata.id.unwrap_or_else(|| Uuid::new_v4().to_string()),
        "name": metadata.name,
        "description": metadata.description,
        "format": { "provider": "parquet", "options": {} },
        "schemaString": metadata.schema,
        "partitionColumns": metadata.partition_columns,
        "configuration": metadata.configuration,
        "createdTime": metadata.created_time,
    }))
    .map_err(CodedError::invalid)
}

pub async fn commits_after(store: &LogStoreRef, version: i64) -> CodedResult<Vec<String>> {
    let mut found = Vec::new();
    for version in (version + 1).. {
        let Some(bytes) = store.read_commit_entry(version as u64).await? else {
            break;
        };
        found.push(commit_info_in(&bytes).unwrap_or_else(|| "{}".to_owned()));
    }
    Ok(found)
}

fn commit_info_in(entry: &[u8]) -> Option<String> {
    entry
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok())
        .find_map(|action| action.get("commitInfo").map(ToString::to_string))
}
