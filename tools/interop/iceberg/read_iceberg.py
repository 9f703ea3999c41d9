"""Reads Iceberg tables and prints what it found in each as a line of JSON: schema, number and digests of rows.

Usage: read_iceberg.py READER CATALOG NAMESPACE.TABLE... [--snapshot ID] [--filter TEXT]
READER is pyiceberg or duckdb (its extension, which shares no code with pyiceberg: it is told where a table's metadata
lies, or, of a REST catalog, attaches that). CATALOG is JSON of pyiceberg's properties, with the name of the catalog.
With --filter ('COLUMN OPERATOR VALUE') of pyiceberg also how many data files there are, and how many it would read.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from iceberg.catalogs import open_catalog  # noqa: E402
from rows.digest import describe  # noqa: E402


def read_pyiceberg(catalog, tables, snapshot, filter):
    for name in tables:
        table = catalog.load_table(name)
        scan = table.scan(snapshot_id=snapshot)
        if filter is None:
            yield describe(scan.to_arrow())
            continue
        wanted = scan.filter(filter)
        files = {"read": len(list(wanted.plan_files())), "total": len(list(scan.plan_files()))}
        yield {**describe(wanted.to_arrow()), "files": files}


def read_duckdb(catalog, tables, snapshot, filter):
    import duckdb
    from duckdb_extensions import import_extension

    connection = duckdb.connect()
    for extension in ["avro", "httpfs", "iceberg"]:
        import_extension(extension)
        connection.load_extension(extension)
    connection.execute("SET TimeZone = 'UTC'")
    for setting in secrets(catalog.properties):
        connection.execute(setting)
    for name in tables:
        location = catalog.load_table(name).metadata_location
        at = "" if snapshot is None else f", snapshot_from_id = {snapshot}"
        where = "" if filter is None else f" WHERE {filter}"
        rows = connection.execute(f"SELECT * FROM iceberg_scan({quoted(location)}{at}){where}")
        yield describe(rows.to_arrow_table())


def secrets(properties):
    endpoint = properties.get("s3.endpoint")
    if endpoint is None:
        return []
    keys = [quoted(properties[key]) for key in ("s3.access-key-id", "s3.secret-access-key")]
    host = quoted(endpoint.split("://")[1])
    return [
        f"CREATE SECRET (TYPE s3, KEY_ID {keys[0]}, SECRET {keys[1]}, ENDPOINT {host}, "
        "USE_SSL false, URL_STYLE 'path', REGION 'us-east-1')"
    ]


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


READERS = {"pyiceberg": read_pyiceberg, "duckdb": read_duckdb}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("catalog", type=open_catalog)
    parser.add_argument("tables", nargs="+")
    parser.add_argument("--snapshot", type=int)
    parser.add_argument("--filter")
    words = parser.parse_args()
    for found in READERS[words.reader](words.catalog, words.tables, words.snapshot, words.filter):
        print(json.dumps(found), flush=True)
