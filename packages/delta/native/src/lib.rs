//! The log of Delta tables: what is in it, and one more commit.
//!
//! # Protocol
//!
//! Every function takes the table's `location`, a URL that ends in `/`, and the `options` of its store by the names of
//! `object_store` (`aws_region`, …), none for local files. All are asynchronous and run on threads of their own.
//!
//! 1. `load_table`: the newest version of the table with its schema, its properties and all its application
//!    transactions; null where there is no table.
//! 2. `live_files`: the data files of a version.
//! 3. `commit`: adds the version after the one that was read, or fails with `CONFLICT` and leaves nothing.
//! 4. `commits_after`: who committed after a version, to name them and to find a commit whose answer was lost.
//! 5. `write_checkpoint`: sums the log up to a version in one file and drops entries that are older than the table keeps.
//!
//! Data files are neither read nor written here, and what a commit holds is decided in JavaScript. Failures are errors
//! whose message begins with `CONFLICT: `, `LOG_DAMAGED: `, `UNSUPPORTED: `, `STORAGE_FAILED: `, `INVALID_ARGUMENT: ` or,
//! for a bug of this crate or of those it uses, `PANIC: `.

mod change;
mod checkpoint;
mod durable;
mod error;
mod live_files;
mod location;
mod table;
mod transactions;

use std::collections::HashMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;
use napi_derive::napi;

use crate::change::TableChange;
use crate::error::{CodedError, CodedResult, into_napi};
use crate::live_files::LiveFile;
use crate::location::log_store;
use crate::table::TableVersion;

type Options = HashMap<String, String>;

#[napi]
pub async fn load_table(location: String, options: Options) -> napi::Result<Option<TableVersion>> {
    guarded(async { table::load(&log_store(&location, options)?).await }).await
}

#[napi]
pub async fn live_files(
    location: String,
    options: Options,
    version: i64,
) -> napi::Result<Vec<LiveFile>> {
    guarded(async { live_files::list(&log_store(&location, options)?, version).await }).await
}

/// Returns the version that the commit made.
#[napi]
pub async fn commit(location: String, options: Options, change: TableChange) -> napi::Result<i64> {
    guarded(async { change::commit(&log_store(&location, options)?, change).await }).await
}

/// The `commitInfo` of each later version, as JSON; `{}` where a commit has none.
#[napi]
pub async fn commits_after(
    location: String,
    options: Options,
    version: i64,
) -> napi::Result<Vec<String>> {
    guarded(async { change::commits_after(&log_store(&location, options)?, version).await }).await
}

#[napi]
pub async fn write_checkpoint(
    location: String,
    options: Options,
    version: i64,
) -> napi::Result<()> {
    guarded(async { checkpoint::write(log_store(&location, options)?, version).await }).await
}

/// Panics, to test that a panic ends neither the process nor the thread.
#[napi]
pub async fn panic_for_test() -> napi::Result<()> {
    guarded(async { panic!("asked for") }).await
}

/// Turns failures into errors with a code, and panics into failures.
async fn guarded<T>(run: impl Future<Output = CodedResult<T>>) -> napi::Result<T> {
    match AssertUnwindSafe(run).catch_unwind().await {
        Ok(result) => result.map_err(into_napi),
        Err(payload) => Err(into_napi(CodedError::panic(payload.as_ref()))),
    }
}
