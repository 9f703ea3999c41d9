"""The commands of a PowerShell script, each as a JSON list of its name and its arguments as they are written.

usage: powershell_commands.py FILE; fails where the script does not parse.
"""

import json
import sys

import tree_sitter
import tree_sitter_powershell

with open(sys.argv[1], "rb") as file:
    source = file.read()
language = tree_sitter.Language(tree_sitter_powershell.language())
root = tree_sitter.Parser(language).parse(source).root_node


def commands(node):
    if node.is_error or node.is_missing:
        line, column = node.start_point
        sys.exit(f"{sys.argv[1]}:{line + 1}:{column + 1}: expected PowerShell, got {node.text.decode()[:60]!r}")
    if node.type == "command":
        yield [
            element.text.decode()
            for child in node.children
            for element in (child.children if child.type == "command_elements" else [child])
            if element.text.strip()
        ]
    for child in node.children:
        yield from commands(child)


for command in commands(root):
    print(json.dumps(command))
