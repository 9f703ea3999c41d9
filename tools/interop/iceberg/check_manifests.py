"""Compares what manifests say of data files with what pyiceberg makes of the same files.

Usage: check_manifests.py CATALOG NAMESPACE.TABLE...
Prints a line of JSON for each table: how many data files its current snapshot has, and each difference as a list of the
file's name, the field, what the manifest says and what pyiceberg would write. CATALOG is JSON of pyiceberg's properties,
with the name of the catalog.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from iceberg.catalogs import open_catalog  # noqa: E402
from pyiceberg.io.pyarrow import parquet_file_to_data_file  # noqa: E402

# NaNs are not in the footer, and pyiceberg writes no sort order.
FIELDS = [
    "content",
    "file_format",
    "partition",
    "record_count",
    "file_size_in_bytes",
    "column_sizes",
    "value_counts",
    "null_value_counts",
    "lower_bounds",
    "upper_bounds",
    "split_offsets",
]

catalog = open_catalog(sys.argv[1])
for name in sys.argv[2:]:
    table = catalog.load_table(name)
    count = 0
    differences = []
    for task in table.scan().plan_files():
        count += 1
        found = task.file
        expected = parquet_file_to_data_file(table.io, table.metadata, found.file_path)
        for field in FIELDS:
            values = [getattr(file, field) for file in (found, expected)]
            if values[0] != values[1]:
                differences.append([Path(found.file_path).name, field, *map(str, values)])
    print(json.dumps({"table": name, "files": count, "differences": differences}), flush=True)
