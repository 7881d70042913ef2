"""The reference of the API, drawn from its own OpenAPI description: no script, no foreign host."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadfarm.access.scopes import Scope
from leadfarm.api.door import MOST_A_MINUTE
from leadfarm.api.routes import api


@dataclass(frozen=True)
class Value:
    """A parameter, or a field of a body."""

    name: str
    kind: str
    says: str
    required: bool = False


@dataclass(frozen=True)
class Route:
    """One route as the reference shows it."""

    anchor: str
    method: str
    path: str
    summary: str
    says: list[str]
    scope: str
    parameters: list[Value]
    fields: list[Value]
    example: str
    answers: list[tuple[str, str]] = field(default_factory=list)


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show every route with its parameters, fields, an example to paste, and its answers."""
    base = settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
    context = {"routes": list(_routes(base)), "scopes": list(Scope), "most": MOST_A_MINUTE}
    return render(request, "api/reference.html", {**context, "base": f"{base}/api/v1"})


def _routes(base: str) -> Iterator[Route]:
    described = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    shapes = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            body = _shape(_content(told.get("requestBody", {})), shapes)
            yield Route(
                anchor=told["operationId"].removeprefix("leadfarm_api_routes_"),
                method=method.upper(),
                path=path,
                summary=told["summary"],
                says=told.get("description", "").split("\n\n"),
                scope=told["tags"][0],
                parameters=[_parameter(one) for one in told.get("parameters", [])],
                fields=list(_fields(body)),
                example=_curl(base, method, path, body),
                answers=list(_answers(told, shapes)),
            )


def _content(part: dict[str, Any]) -> dict[str, Any]:
    shape: dict[str, Any] = part.get("content", {}).get("application/json", {}).get("schema", {})
    return shape


def _shape(shape: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    """Return the shape itself where it is only pointed to; of a choice, what is not null."""
    for choice in shape.get("anyOf", []):
        if choice.get("type") != "null":
            return _shape(choice, shapes)
    reference = shape.get("$ref", "").rpartition("/")[2]
    return shapes[reference] if reference else shape


def _parameter(told: dict[str, Any]) -> Value:
    shape = told["schema"]
    return Value(told["name"], _kind(shape), shape.get("description", ""), told["required"])


def _kind(shape: dict[str, Any]) -> str:
    for choice in shape.get("anyOf", []):
        if choice.get("type") != "null":
            return _kind(choice)
    return str(shape.get("format") or shape.get("type") or "object")


def _fields(body: dict[str, Any]) -> Iterator[Value]:
    for name, shape in body.get("properties", {}).items():
        says = shape.get("description", "")
        if "enum" in shape:
            says += f": {', '.join(shape['enum'])}"
        if shape.get("type") == "array":
            says = "Up to 1,000 objects with the fields of “Capture a lead”"
        yield Value(name, _kind(shape), says, name in body.get("required", []))


def _curl(base: str, method: str, path: str, body: dict[str, Any]) -> str:
    """Return the call as one can paste it into a shell."""
    lines = [f"curl {base}{path.replace('{lead_id}', '42')}", '-H "Authorization: Bearer $TOKEN"']
    if method == "post":
        lines += ["-H 'Content-Type: application/json'"]
        if "findings" not in path:
            lines += ["-H 'Idempotency-Key: 4711'"]
        lines += [f"-d '{json.dumps(_sample(body), ensure_ascii=False)}'"]
    return " \\\n  ".join(lines)


def _sample(body: dict[str, Any]) -> dict[str, Any]:
    told = body.get("properties", {})
    if "leads" in told:
        return {"leads": [_sample(told["leads"]["items"])]}
    if "section" in told:
        return {"section": "budget", "value": "40,000 EUR, released in May"}
    shown = ("email", "given_name", "family_name", "company", "need", "kind", "source")
    return {name: told[name]["example"] for name in shown if name in told}


def _answers(told: dict[str, Any], shapes: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for status, answer in told["responses"].items():
        shape = _content(answer)
        kept = _shape(shape.get("items", shape), shapes)
        names = ", ".join(kept.get("properties", {}))
        yield status, f"a list of {names}" if "items" in shape else names
