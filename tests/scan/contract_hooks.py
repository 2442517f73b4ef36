"""Rules that no schema can say: an answer that refuses input by one of them agrees with the document."""

import re

import schemathesis

# Operation, field, code of the error; the field is empty where the problem itself has the code.
PHONE_FAULTS = (
    "malformed", "no_country", "unknown_country", "trunk_prefix", "too_short", "too_long", "unassigned",
)
PHONES = ("request_code", "search_orders")
STAFF_ROLES = ("add_staff", "set_staff_roles")
OWN_FACTORS = ("begin_totp", "begin_passkey", "drop_factor", "renew_recovery_codes")
RULES = (
    # Numbering plans of countries.
    *((operation, "phone", fault) for operation in PHONES for fault in PHONE_FAULTS),
    ("search", "page", "out_of_range"),  # page × limit is bounded
    ("create_order", "items", "required"),  # the cart is empty
    ("create_order", "items", "unknown_sku"),
    ("create_order", r"delivery\.pickup_point_id", "unknown_pickup_point"),
    ("receive", "site_id", "unknown_site"),
    ("receive", r"lines\[\d+\]\.sku_id", "unknown_sku"),
    ("put_bins", r"plans\[\d+\]", "bad_plan"),  # ranges in ascending order, at most so many bins
    # A site that exists; a warehouse worker has one.
    *((operation, "site_id", fault) for operation in STAFF_ROLES for fault in ("unknown_site", "required")),
    # The caller's own password, which a fresh session does not need; and passwords that are easy to guess.
    *((operation, "password", fault) for operation in OWN_FACTORS for fault in ("required", "wrong")),
    ("change_password", "current_password", "wrong"),
    *(("change_password", "new_password", fault) for fault in ("not_allowed", "too_common", "too_long")),
    ("add_passkey", "", "passkey_refused"),  # the browser has signed the challenge
    ("report_short", "reason", "not_allowed"),  # called_off: only the shop agrees it with the buyer
    ("act_on_order", "units", "not_allowed"),  # only refund_items takes units
    ("act_on_order", "units", "required"),
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
    problem = response.json()
    errors = problem.get("errors") or [{"field": "", "code": problem.get("code")}]
    operation = case.operation.definition.raw.get("operationId")
    if all(is_known(operation, error) for error in errors):
        response.status_code = UNPROCESSABLE
