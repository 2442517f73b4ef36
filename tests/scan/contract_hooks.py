"""Rules between values, which no schema can say: what they refuse is no disagreement with the document."""

import re

import schemathesis

# Operation, field, code of the error.
PHONE_FAULTS = (
    "malformed", "no_country", "unknown_country", "trunk_prefix", "too_short", "too_long", "unassigned",
)
RULES = (
    *(("request_code", "phone", fault) for fault in PHONE_FAULTS),  # a country's plan of numbers
    ("search", "page", "out_of_range"),  # page × limit is bounded
    ("create_order", "items", "required"),  # the cart is empty
    ("create_order", "items", "unknown_sku"),
    ("create_order", r"delivery\.pickup_point_id", "unknown_pickup_point"),
    ("receive", "site_id", "unknown_site"),
    ("receive", r"lines\[\d+\]\.sku_id", "unknown_sku"),
    ("goods", "barcode", "required"),  # one of sku_id and barcode
)
UNPROCESSABLE = 422


def is_known(operation, error):
    return any(
        operation == name and re.fullmatch(field, error["field"]) and error["code"] == code
        for name, field, code in RULES
    )


@schemathesis.hook
def filter_case(context, case):
    """What is written as a right value is right: one text is a list of one, an object is nothing."""
    if not case.meta or not case.meta.generation.mode.is_negative or not case.query:
        return True
    lists = {
        parameter["name"]
        for parameter in case.operation.definition.raw.get("parameters", [])
        if parameter.get("schema", {}).get("type") == "array"
    }
    return not any(
        isinstance(value, dict) or (name in lists and not isinstance(value, list))
        for name, value in case.query.items()
    )


@schemathesis.hook
def after_call(context, case, response):
    if response.status_code != 400:
        return
    errors = response.json().get("errors", [])
    operation = case.operation.definition.raw.get("operationId")
    if errors and all(is_known(operation, error) for error in errors):
        response.status_code = UNPROCESSABLE
