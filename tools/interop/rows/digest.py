"""What an Arrow table holds, alike for every reader: the names and types of its columns and digests of its rows.

The same scheme as RowsDigest in packages/testkit: a value is text, its hash the first 8 bytes of the SHA-256 of that
text; a row's hash is that of the hashes of its values one after the other. A digest is the sum of such hashes modulo
2^64, so the order of rows leaves no trace, and rows that occur twice do.
"""

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# No text in UTF-8 has this byte.
NULL = b"\xff"


def describe(table):
    schema = {field.name: type_name(field.type) for field in table.schema}
    columns = {field.name: hashes_of(table.column(i)) for i, field in enumerate(table.schema)}
    # Numbers of 8 bytes, the first one the highest: a row's values lie one after the other.
    rows = np.stack(list(columns.values()), axis=1).astype(">u8").tobytes() if columns else b""
    width = 8 * len(columns)
    row_hashes = [hash_of(rows[at : at + width]) for at in range(0, len(rows), max(width, 1))]
    digests = {name: digest_of(hashes) for name, hashes in columns.items()}
    return {
        "schema": schema,
        "rowCount": table.num_rows,
        "digest": {"rows": digest_of(np.array(row_hashes, np.uint64)), "columns": digests},
    }


def type_name(kind):
    """The type as `typeNameOf` of @datagen/core calls it; what that does not know keeps its Arrow name."""
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return "text"
    if kind == pa.timestamp("us", "UTC"):
        return "timestamp"
    if kind == pa.date32():
        return "date"
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision},{kind.scale})"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_signed_integer(kind):
        return f"int{kind.bit_width}"
    if pa.types.is_floating(kind):
        return f"float{kind.bit_width}"
    return str(kind)


def hash_of(data):
    return int.from_bytes(hashlib.sha256(data).digest()[:8], "big")


def digest_of(hashes):
    return f"{int(np.sum(hashes, dtype=np.uint64)):016x}"


def hashes_of(column):
    """The hash of each value, computed once for each that is different."""
    values, text = comparable(column)
    encoded = values.combine_chunks().dictionary_encode()
    known = [hash_of(text(value).encode()) for value in encoded.dictionary.to_pylist()]
    known.append(hash_of(NULL))
    indices = encoded.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False)
    return np.array(known, np.uint64)[indices]


def comparable(column):
    """The column with values that are equal only where they are the same, and what writes one as text."""
    kind = column.type
    if pa.types.is_floating(kind):
        return pa.chunked_array([bits_of(column)]), lambda bits: "nan" if bits == NAN else f"{bits & MASK:016x}"
    if pa.types.is_decimal(kind):
        return column, lambda value: str(int(value.scaleb(kind.scale)))
    if pa.types.is_timestamp(kind) or pa.types.is_integer(kind):
        return column.cast(pa.int64()), str
    if pa.types.is_date32(kind):
        return column.cast(pa.int32()), str
    if pa.types.is_boolean(kind):
        return column, lambda value: "true" if value else "false"
    if type_name(kind) == "text":
        return column.cast(pa.large_string()), str
    raise TypeError(f"expected a column of a type that our tables may have, got {kind}")


MASK = 2**64 - 1
NAN = int(np.float64(np.nan).view(np.int64))


def bits_of(column):
    """The bits of floating point numbers, which tell -0.0 from 0.0; every NaN has those of one."""
    nulls = column.is_null().to_numpy()
    doubles = pc.fill_null(column.cast(pa.float64()), 0.0).to_numpy()
    bits = np.where(np.isnan(doubles), NAN, doubles.view(np.int64))
    return pa.array(bits, mask=nulls)
