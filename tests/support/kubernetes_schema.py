"""JSON schemas of Kubernetes' own objects that allow no unknown key, made from the models of its Python client."""

import re

from kubernetes.client import models

SIMPLE = {"str": {"type": "string"}, "int": {"type": "integer"}, "bool": {"type": "boolean"}, "float": {"type": "number"},
          "object": {}, "datetime": {"type": "string"}}
QUANTITY = {"anyOf": [{"type": "string"}, {"type": "number"}]}  # "8Gi", 1


def schema_of_type(name):
    listed = re.fullmatch(r"list\[(.*)\]", name)
    if listed:
        return {"type": "array", "items": schema_of_type(listed[1])}
    mapped = re.fullmatch(r"dict\(str, (.*)\)", name)
    if mapped:
        return {"type": "object", "additionalProperties": schema_of_type(mapped[1])}
    return SIMPLE[name] if name in SIMPLE else schema_of_model(name)


def schema_of_model(name):
    model = getattr(models, name)
    properties = {key: schema_of_type(model.openapi_types[attribute]) for attribute, key in model.attribute_map.items()}
    if name == "V1ResourceRequirements":  # the models call a quantity a string; the API takes numbers, too
        for key in ("requests", "limits"):
            properties[key] = {"type": "object", "additionalProperties": QUANTITY}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def schema_of(manifest):
    """@param manifest with apiVersion (v1, batch/v1) and kind"""
    if manifest["apiVersion"] not in ("v1", "batch/v1"):
        raise ValueError(f"no such API: {manifest['apiVersion']}")
    return schema_of_model("V1" + manifest["kind"])
