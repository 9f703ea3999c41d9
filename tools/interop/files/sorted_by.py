"""Prints what each Parquet file below a folder says its rows are sorted by, and whether they are: a JSON list a line.

Usage: sorted_by.py FOLDER
A line is [path below the folder, columns that all row groups name, whether the rows are in that order]. A file without
rows has no row group that would name any, and no line.
"""

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq

folder = Path(sys.argv[1])
for path in sorted(folder.rglob("*.parquet")):
    file = pq.ParquetFile(path)
    if file.num_row_groups == 0:
        continue
    said = [file.metadata.row_group(i).sorting_columns for i in range(file.num_row_groups)]
    assert all(columns == said[0] for columns in said), "row groups of one file say different orders"
    keys, _ = pq.SortingColumn.to_ordering(file.schema_arrow, said[0])
    rows = file.read()
    # Sorting is stable, so equal rows do not move.
    in_order = not keys or rows.equals(rows.sort_by(list(keys)))
    print(json.dumps([str(path.relative_to(folder)), [name for name, _ in keys], in_order]))
