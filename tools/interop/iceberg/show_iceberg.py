"""Prints what pyiceberg knows of tables beside their rows, a line of JSON for each.

Usage: show_iceberg.py CATALOG NAMESPACE.TABLE...
CATALOG is JSON of pyiceberg's properties, with the name of the catalog.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from iceberg.catalogs import open_catalog  # noqa: E402

catalog = open_catalog(sys.argv[1])
for name in sys.argv[2:]:
    table = catalog.load_table(name)
    schema = table.schema()
    snapshots = [
        {"operation": snapshot.summary.operation.value, **snapshot.summary.additional_properties}
        for snapshot in table.snapshots()
    ]
    shown = {
        "columns": [
            [field.name, str(field.field_type), field.required, field.doc] for field in schema.fields
        ],
        "identifiers": sorted(schema.find_field(id).name for id in schema.identifier_field_ids),
        "partitioning": [
            [field.name, str(field.transform), schema.find_field(field.source_id).name]
            for field in table.spec().fields
        ],
        "order": [
            [schema.find_field(field.source_id).name, str(field.transform), field.direction.name]
            for field in table.sort_order().fields
        ],
        "properties": table.properties,
        "snapshots": snapshots,
    }
    print(json.dumps(shown), flush=True)
