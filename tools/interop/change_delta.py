"""Changes a Delta table by delta-rs's own Python package, as others do to a table of ours, and prints the new version.

Usage: change_delta.py LOCATION [--storage-option KEY=VALUE]... COMMAND
  create FOLDER [COLUMN...]  a new table of the rows of all Parquet files below a folder, partitioned by columns
  append N                   N rows of the table once more
  delete PREDICATE           the rows that an SQL predicate finds
  optimize                   few large files for many small ones
  vacuum                     files that no version from now on needs, however young
  checkpoint                 a checkpoint of the newest version
  restore VERSION            the rows of an older version
Prints {"version": N, "result": what the operation says of itself}.
"""

import argparse

from deltalake import DeltaTable, write_deltalake
from rows.parquet import parquet_rows
from read_delta import finish, parse_option


def create(location, options, folder, *columns):
    write_deltalake(location, parquet_rows(folder), partition_by=list(columns), storage_options=options)


def append(location, options, count):
    rows = DeltaTable(location, storage_options=options).to_pyarrow_dataset().head(int(count))
    write_deltalake(location, rows, mode="append", storage_options=options)


def delete(location, options, predicate):
    return DeltaTable(location, storage_options=options).delete(predicate)


def optimize(location, options):
    return DeltaTable(location, storage_options=options).optimize.compact()


def vacuum(location, options):
    table = DeltaTable(location, storage_options=options)
    return table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False)


def checkpoint(location, options):
    DeltaTable(location, storage_options=options).create_checkpoint()


def restore(location, options, version):
    return DeltaTable(location, storage_options=options).restore(int(version))


COMMANDS = {
    command.__name__: command for command in [create, append, delete, optimize, vacuum, checkpoint, restore]
}

parser = argparse.ArgumentParser()
parser.add_argument("location")
parser.add_argument("--storage-option", type=parse_option, action="append", default=[])
parser.add_argument("command", choices=COMMANDS)
parser.add_argument("arguments", nargs="*")
words = parser.parse_args()
options = dict(words.storage_option)
result = COMMANDS[words.command](words.location, options, *words.arguments)
version = DeltaTable(words.location, storage_options=options).version()
finish({"version": version, "result": result})
