# SPDX-License-Identifier: GPL-2.0-only
"""Validate JSON files against a schema: validate.py [--refuse] SCHEMA FILE...

With --refuse, the ones that are valid are the trouble."""
import json
import sys
import warnings

warnings.simplefilter("ignore")
import jsonschema  # noqa: E402


def no_duplicates(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("an object has a key twice")
    return dict(pairs)


arguments = sys.argv[1:]
refuse = arguments[0] == "--refuse"
if refuse:
    del arguments[0]
schema = json.load(open(arguments[0], encoding="utf-8"))
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
status = 0
for name in arguments[1:]:
    try:
        with open(name, encoding="utf-8", errors="strict") as file:
            data = json.load(file, object_pairs_hook=no_duplicates)
    except ValueError as error:
        print(f"{name}: {error}")
        status = 1
        continue
    if refuse:
        if validator.is_valid(data):
            print(f"{name}: accepted")
            status = 1
        continue
    for error in list(validator.iter_errors(data))[:5]:
        where = "/".join(str(part) for part in error.absolute_path)
        print(f"{name}: {where}: {error.message[:200]}")
        status = 1
sys.exit(status)
