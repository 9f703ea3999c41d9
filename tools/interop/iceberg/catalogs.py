"""The catalog that a script is told of, by pyiceberg: JSON of its properties, the name among them."""

import json

from pyiceberg.catalog import load_catalog


def open_catalog(text):
    properties = json.loads(text)
    return load_catalog(properties.pop("name"), **properties)
