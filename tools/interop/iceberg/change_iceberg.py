"""Changes an Iceberg table by pyiceberg, as others do to a table of ours, and prints its current snapshot.

Usage: change_iceberg.py CATALOG NAMESPACE.TABLE COMMAND...
Each COMMAND is a list in JSON, such as ["append", "5"]:
  create NAMESPACE.FROM [COLUMN...]  a new table of the rows of another one, partitioned by columns
  append N             N rows of the table once more
  delete FILTER        the rows that a filter of pyiceberg finds
  add-column NAME      a column of text
  rename-column FROM TO
  drop-column NAME
  partition COLUMN TRANSFORM NAME    one more field of the partition spec, by a transform without parameters
  unpartition NAME     without a field of the partition spec
  tag NAME             a tag for the current snapshot
  expire ID            a snapshot that is not the current one
  rollback ID          the table as it was at an older snapshot
  property KEY VALUE
CATALOG is JSON of pyiceberg's properties, with the name of the catalog. Prints {"snapshot": "ID" or null}.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from iceberg.catalogs import open_catalog  # noqa: E402
from pyiceberg.transforms import parse_transform  # noqa: E402
from pyiceberg.types import StringType  # noqa: E402


def append(table, count):
    table.append(table.scan().to_arrow().slice(0, int(count)))


def delete(table, filter):
    table.delete(filter)


def add_column(table, name):
    with table.update_schema() as update:
        update.add_column(name, StringType())


def rename_column(table, name, new_name):
    with table.update_schema() as update:
        update.rename_column(name, new_name)


def drop_column(table, name):
    with table.update_schema(allow_incompatible_changes=True) as update:
        update.delete_column(name)


def partition(table, column, transform, name):
    with table.update_spec() as update:
        update.add_field(column, parse_transform(transform), name)


def unpartition(table, name):
    with table.update_spec() as update:
        update.remove_field(name)


def tag(table, name):
    table.manage_snapshots().create_tag(table.current_snapshot().snapshot_id, name).commit()


def expire(table, snapshot):
    table.maintenance.expire_snapshots().by_id(int(snapshot)).commit()


def rollback(table, snapshot):
    table.manage_snapshots().rollback_to_snapshot(int(snapshot)).commit()


def set_property(table, key, value):
    with table.transaction() as transaction:
        transaction.set_properties({key: value})


COMMANDS = {
    "append": append,
    "delete": delete,
    "add-column": add_column,
    "rename-column": rename_column,
    "drop-column": drop_column,
    "partition": partition,
    "unpartition": unpartition,
    "tag": tag,
    "expire": expire,
    "rollback": rollback,
    "property": set_property,
}


def create(catalog, name, source, *columns):
    rows = catalog.load_table(source).scan().to_arrow()
    table = catalog.create_table(name, rows.schema)
    with table.update_spec() as update:
        for column in columns:
            update.add_identity(column)
    table.append(rows)


catalog, name, *commands = sys.argv[1:]
opened = open_catalog(catalog)
for command, *arguments in map(json.loads, commands):
    if command == "create":
        create(opened, name, *arguments)
    else:
        COMMANDS[command](opened.load_table(name), *arguments)
snapshot = opened.load_table(name).current_snapshot()
print(json.dumps({"snapshot": snapshot and str(snapshot.snapshot_id)}))
