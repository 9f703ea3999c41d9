"""A comparison of a column with a value, as text: 'day >= 2026-01-05'."""

import re

import pyarrow as pa

OPERATORS = {"=": "__eq__", "<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__"}


def parse_filter(text, schema):
    """The column, the operator and the value in the column's type; texts are taken as they stand after one space."""
    parts = re.fullmatch(r"(\S+) (=|<=?|>=?) (.*)", text, re.DOTALL)
    if parts is None:
        raise ValueError(f"expected 'COLUMN OPERATOR VALUE' with one of {' '.join(OPERATORS)}, got {text!r}")
    column, operator, value = parts.groups()
    return column, operator, pa.scalar(value).cast(schema.field(column).type).as_py()


def compare(operator, column, value):
    """The comparison as an expression of an engine whose columns overload Python's operators."""
    return getattr(column, OPERATORS[operator])(value)
