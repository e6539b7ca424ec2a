#!/usr/bin/env python3
"""Has custody write OSCAL of a store, and checks it with other people's programs.

Usage: check_oscal.py CUSTODY STORE FOLDER [--unsound]

Every kind is written twice, the second time from a home that has never seen the store, and must come out the same. Each is
held against NIST's schema (PyPI's jsonschema-rs) and read by compliance-trestle. What one names is looked for: parties, roles,
resources and UUIDs in the document itself, controls and parts in the catalogs that it came from, artifacts in the store by
their SHA-256, the other documents by theirs. UUIDs of parties are computed anew from the origin and a name. Exits with 1 after
naming every problem.
"""
import hashlib
import json
import logging
import os
import pathlib
import subprocess
import sys
import tempfile
import uuid

import jsonschema_rs
from trestle.common.err import TrestleError
from trestle.core.profile_resolver import ProfileResolver
from trestle.oscal.assessment_results import AssessmentResults
from trestle.oscal.catalog import Catalog
from trestle.oscal.component import ComponentDefinition
from trestle.oscal.poam import PlanOfActionAndMilestones
from trestle.oscal.profile import Profile
from trestle.oscal.ssp import SystemSecurityPlan

SCHEMAS = pathlib.Path(__file__).resolve().parents[2] / "Fixtures" / "oscal"
NS = "urn:custody:oscal"
MODELS = {
    "component-definition": ComponentDefinition,
    "ssp": SystemSecurityPlan,
    "assessment-results": AssessmentResults,
    "poam": PlanOfActionAndMilestones,
    "profile": Profile,
}
# Members that say that something is here; all others that hold a UUID point at it.
POINTERS = {
    "party-uuid", "component-uuid", "observation-uuid", "finding-uuid", "risk-uuid", "provided-uuid",
    "responsibility-uuid", "actor-uuid", "leveraged-authorization-uuid",
}

faults = []


def fault(what):
    faults.append(what)


def walk(value, path=""):
    """Every object in a document, with where it stands."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from walk(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from walk(inner, f"{path}/{place}")


def props(item, name, ns=NS):
    return [each["value"] for each in item.get("props", []) if each["name"] == name and each.get("ns") == ns]


def run(binary, store, words, home=None):
    environment = dict(os.environ, CUSTODY_STORE=str(store))
    if home:
        environment["CUSTODY_HOME"] = home
        environment.pop("CUSTODY_AS", None)
    ended = subprocess.run([binary, *words], env=environment, capture_output=True)
    return ended.returncode, ended.stdout, ended.stderr.decode()


def check_schema(kind, document, version):
    """A document is what NIST's schema of that version asks for."""
    schema = json.loads((SCHEMAS / f"oscal_complete_schema-{version}.json").read_text())
    # Of the branches of the whole schema the one that the document's key names, so that an error says where it is.
    branch = next(each for each in schema["oneOf"] if next(iter(document)) in each["properties"])
    alone = {key: value for key, value in schema.items() if key != "oneOf"} | branch
    for error in list(jsonschema_rs.validator_for(alone).iter_errors(document))[:5]:
        fault(f"{kind}: schema {version}: {error.instance_path}: {str(error.message)[:300]}")
    if not jsonschema_rs.validator_for(schema).is_valid(document):
        fault(f"{kind}: not valid under {version}")
    if next(iter(document.values()))["metadata"]["oscal-version"] != version:
        fault(f"{kind}: says another version than {version}")


def check_inside(kind, document):
    """What a document names must stand in it."""
    body = next(iter(document.values()))
    metadata = body["metadata"]
    known, names = set(), {}
    for path, item in walk(document):
        if "uuid" in item:
            if item["uuid"] in known:
                fault(f"{kind}: {path}: the UUID {item['uuid']} stands there twice")
            known.add(item["uuid"])
            names[item["uuid"]] = path
    parties = {party["uuid"] for party in metadata["parties"]}
    roles = {role["id"] for role in metadata["roles"]}
    resources = {each["uuid"] for each in body.get("back-matter", {}).get("resources", [])}
    for path, item in walk(document):
        for key, value in item.items():
            if key in POINTERS and value not in known:
                fault(f"{kind}: {path}/{key}: {value} is nowhere")
            if key in ("party-uuids", "member-of-organizations"):
                for each in value:
                    if each not in parties:
                        fault(f"{kind}: {path}/{key}: {each} is no party")
            if key == "role-id" and value not in roles:
                fault(f"{kind}: {path}: '{value}' is no role")
            if key in ("href", "source") and isinstance(value, str) and value.startswith("#") and value[1:] not in resources:
                fault(f"{kind}: {path}/{key}: {value} is no resource")
        if item.get("name") == "leveraged-authorization-uuid" and item["value"] not in known:
            fault(f"{kind}: {path}: {item['value']} is no leveraged authorization")
    origin = props(metadata, "origin")[0]
    space = uuid.uuid5(uuid.NAMESPACE_URL, f"{NS}:{origin}")
    for party in metadata["parties"]:
        name = (props(party, "party-id") + props(party, "member-id"))[0]
        expected = uuid.uuid5(space, f"{'person' if '/' in name else 'party'}/{name}")
        if party["uuid"] != str(expected):
            fault(f"{kind}: the UUID of {name} is {party['uuid']}, expected {expected}")


def catalog_ids(catalog):
    """The ids of controls, and of their parts by control, with what each is: an item of a statement is a statement."""
    controls, parts = set(), {}

    def add_part(control, part, around=None):
        name = around if part["name"] == "item" else part["name"]
        if "id" in part:
            parts[part["id"]] = (control, name)
        for inner in part.get("parts", []):
            add_part(control, inner, name)

    def add(item):
        for control in item.get("controls", []):
            controls.add(control["id"])
            for part in control.get("parts", []):
                add_part(control["id"], part)
            add(control)
        for group in item.get("groups", []):
            add(group)

    add(catalog["catalog"])
    return controls, parts


def check_against_catalogs(kind, document, controls, parts):
    """Controls and parts are those of the catalogs, save what the document defines or says that it spells anew."""
    body = next(iter(document.values()))
    respelled = set(props(body["metadata"], "control-id-respelled"))
    local = {part["id"]: each["control-id"]
             for each in body.get("local-definitions", {}).get("objectives-and-methods", []) for part in each["parts"]}
    seen = set()
    for path, item in walk(document):
        control = item.get("control-id")
        if control and control not in controls and control not in respelled:
            fault(f"{kind}: {path}: no catalog has the control '{control}'")
        for statement in item.get("statements", []) if control else []:
            if parts.get(statement["statement-id"]) != (control, "statement"):
                fault(f"{kind}: {path}: '{statement['statement-id']}' is no statement of '{control}'")
        for prop in item.get("props", []):
            if prop["name"] == "objective-id" and parts.get(prop["value"], ("", ""))[1] not in ("assessment-objective", "objective"):
                fault(f"{kind}: {path}: '{prop['value']}' is no objective of any catalog")
        if "target-id" in item:
            seen.add(item["target-id"])
    if kind == "assessment-results":
        for name in seen - set(parts) - set(local):
            fault(f"{kind}: no catalog, and not the document, has the part '{name}'")


def check_links(document, store, folder):
    """What a document points at by a digest is what lies there."""
    checked = 0
    for path, item in walk(document):
        for link in item.get("rlinks", []):
            digest = link["hashes"][0]["value"]
            href = link["href"]
            file = store / href if href.startswith("object/") else folder / href
            if not file.exists():
                # Evidence may be kept back, and then its digest is all there is.
                continue
            if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
                fault(f"{path}: '{href}' is not what the digest says")
            checked += 1
    return checked


def check_resolution(plan, profile, folder):
    """Trestle follows the plan to the profile, and picks out of the catalogs what that says, no more and no less."""
    expected = sorted(name for each in profile["profile"]["imports"] for selection in each["include-controls"]
                      for name in selection.get("with-ids", []))
    found = []

    def walk(item):
        for control in item.controls or []:
            found.append(control.id)
            walk(control)
        for group in getattr(item, "groups", None) or []:
            walk(group)

    here = pathlib.Path.cwd()
    (folder / ".trestle").mkdir(exist_ok=True)
    logging.disable(logging.CRITICAL)
    try:
        os.chdir(folder)
        walk(ProfileResolver.get_resolved_profile_catalog(pathlib.Path("."), plan["import-profile"]["href"]))
    except (TrestleError, ValueError, OSError) as error:
        fault(f"profile: trestle does not resolve it: {str(error)[:300]}")
        return
    finally:
        os.chdir(here)
        logging.disable(logging.NOTSET)
    if sorted(map(str, found)) != expected:
        fault(f"profile: trestle finds {len(found)} controls, and it names {len(expected)}")
    print(f"  profile: trestle resolves it to {len(found)} controls")


def check_baseline(plan, profile):
    """The plan implements the controls that its profile selects, no more and no less."""
    selections = [selection for each in profile["profile"]["imports"] for selection in each["include-controls"]]
    if any("matching" in selection for selection in selections):
        # Ids that OSCAL would not take: the plan spells them anew.
        return
    selected = sorted(name for selection in selections for name in selection.get("with-ids", []))
    found = sorted(each["control-id"] for each in plan["control-implementation"]["implemented-requirements"])
    if found != selected:
        fault(f"ssp: {sorted(set(found) ^ set(selected))[:5]} stand in the plan or its profile alone")


def check_satisfied(plan):
    """Nothing is called satisfied of which the same document says otherwise."""
    said = {each["uuid"]: props(each, "satisfied") for _, each in walk(plan) if "provided-uuid" in each and "props" in each}
    done = {each["responsibility-uuid"] for _, each in walk(plan) if "responsibility-uuid" in each}
    for name, word in said.items():
        if (name in done) != (word == ["yes"]):
            fault(f"ssp: the responsibility {name} is {word}, and the client's component says otherwise")


def check_profile(profile, catalogs):
    selected = 0
    for each in profile["profile"]["imports"]:
        for selection in each["include-controls"]:
            selected += len(selection.get("with-ids", [])) + len(selection.get("matching", []))
    out = [each for each in profile["profile"]["metadata"]["props"]
           if each["name"] == "not-applicable" and each.get("class") == "control"]
    print(f"  profile: {selected} controls of {len(catalogs)} catalogs, {len(out)} do not apply")
    return selected


def main():
    binary, store, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    more = sys.argv[4:]
    folder.mkdir(parents=True, exist_ok=True)
    status, output, talk = run(binary, store, ["report", "ownership", "--format", "json"])
    if status:
        raise SystemExit(f"report ownership: {status}: {talk}")
    report = json.loads(output)
    controls, parts, all_read = set(), {}, True
    frameworks = report["frameworks"]
    for each in frameworks:
        status, output, talk = run(binary, store, ["oscal", "catalog", "--framework", each["framework"], *more])
        if status:
            fault(f"catalog of {each['framework']}: {status}: {talk}")
            continue
        if hashlib.sha256(output).hexdigest() != each["catalog"]:
            fault(f"catalog of {each['framework']}: not the bytes that were adopted")
        path = folder / f"{each['framework']}.json"
        path.write_bytes(output)
        own, inner = catalog_ids(json.loads(output))
        controls |= own
        parts.update(inner)
        try:
            Catalog.oscal_read(path)
        except (TrestleError, ValueError):
            all_read = False
            print(f"  {each['framework']}: came in as trestle does not read it, and goes out the same")
    documents = {}
    for kind in ["profile", "ssp", "component-definition", "assessment-results", "poam"]:
        words = ["oscal", kind, "--as-of", report["asOf"], *more]
        status, output, talk = run(binary, store, words)
        if kind == "poam" and status == 66:
            print("  poam: nothing is open")
            continue
        if status:
            fault(f"{kind}: {status}: {talk}")
            continue
        if not more:
            with tempfile.TemporaryDirectory() as home:
                again = run(binary, store, words, home)
            if again[0] or again[1] != output:
                fault(f"{kind}: another home writes other bytes: {again[0]} {again[2]}")
            # The words that the document itself names.
            remarks = next(iter(json.loads(output).values()))["metadata"]["remarks"]
            named = remarks.split("'custody oscal ")[1].split("'")[0].split()
            if run(binary, store, ["oscal", *named])[1] != output:
                fault(f"{kind}: 'custody oscal {' '.join(named)}' writes other bytes")
        path = folder / f"{kind}.json"
        path.write_bytes(output)
        document = json.loads(output)
        check_schema(kind, document, "1.1.3")
        status, newer, talk = run(binary, store, [*words, "--oscal-version", "1.2.3"])
        if status:
            fault(f"{kind}: 1.2.3: {status}: {talk}")
        else:
            check_schema(kind, json.loads(newer), "1.2.3")
        try:
            MODELS[kind].oscal_read(path)
        except (TrestleError, ValueError) as error:
            fault(f"{kind}: trestle: {str(error)[:500]}")
        check_inside(kind, document)
        if kind != "profile":
            check_against_catalogs(kind, document, controls, parts)
        if more and "unsound" not in json.dumps(document["profile" if kind == "profile" else next(iter(document))]["metadata"]):
            fault(f"{kind}: nothing says that the store is not sound")
        documents[kind] = document
        print(f"  {kind}: {len(output)} bytes, valid")
    if "profile" in documents:
        check_profile(documents["profile"], frameworks)
        if "ssp" in documents:
            check_baseline(documents["ssp"]["system-security-plan"], documents["profile"])
            check_satisfied(documents["ssp"]["system-security-plan"])
        if all_read and "ssp" in documents:
            check_resolution(documents["ssp"]["system-security-plan"], documents["profile"], folder)
    checked = sum(check_links(each, store, folder) for each in documents.values())
    print(f"  {checked} digests are those of what they name")
    # What the plan says is what the report says.
    if "ssp" in documents:
        body = documents["ssp"]["system-security-plan"]
        names = {each["uuid"]: (props(each, "party-id") + props(each, "member-id"))[0] for each in body["metadata"]["parties"]}
        said = {}
        for each in body["control-implementation"]["implemented-requirements"]:
            found = [names[party] for _, item in walk(each) for role in item.get("responsible-roles", [])
                     if role["role-id"] == "accountable" for party in role["party-uuids"]]
            said[props(each, "control")[0]] = sorted(set(found))
        for each in report["controls"]:
            units = each["units"] or [each]
            expected = sorted({unit["accountable"] for unit in units if unit["accountable"] and unit["applies"]})
            # What does not apply is in neither the profile nor the plan.
            if said.get(each["control"], [] if not expected else None) != expected:
                fault(f"ssp: {each['control']}: {said.get(each['control'])} answer, and the report says {expected}")
        print(f"  ssp: {len(said)} controls, as the report has them")
    for each in faults:
        print("FAULT", each, file=sys.stderr)
    return 1 if faults else 0


raise SystemExit(main())
