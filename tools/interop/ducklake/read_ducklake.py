"""Reads tables of a DuckLake and prints what it found in each as a line of JSON: schema, number and digests of rows.

Usage: read_ducklake.py READER CATALOG SCHEMA.TABLE... [--version N]
READER is duckdb (DuckDB's own extension; CATALOG as it attaches one, ducklake:sqlite:lake.sqlite) or sdk (ducklake-sdk,
which shares no code with it, and polars for the files; CATALOG as SQLAlchemy names one, sqlite:////lake.sqlite, and its
data path a URL that begins with file:///).
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from rows.digest import describe  # noqa: E402


def read_duckdb(catalog, tables, version):
    import duckdb
    from duckdb_extensions import import_extension

    connection = duckdb.connect()
    for extension in ["ducklake", "sqlite_scanner", "postgres_scanner"]:
        import_extension(extension)
        connection.load_extension(extension)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"ATTACH {quoted(catalog)} AS lake (READ_ONLY)")
    at = "" if version is None else f" AT (VERSION => {version})"
    for table in tables:
        yield connection.execute(f"SELECT * FROM lake.{table}{at}").to_arrow_table()


def read_sdk(catalog, tables, version):
    import ducklake

    lake = ducklake.connect(catalog, at=version, readonly=True)
    for table in tables:
        yield lake.table(tuple(table.split("."))).read_polars().to_arrow()


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


READERS = {"duckdb": read_duckdb, "sdk": read_sdk}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("catalog")
    parser.add_argument("tables", nargs="+")
    parser.add_argument("--version", type=int)
    words = parser.parse_args()
    for found in READERS[words.reader](words.catalog, words.tables, words.version):
        print(json.dumps(describe(found)), flush=True)
