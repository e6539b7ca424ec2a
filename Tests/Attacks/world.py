"""A plain, sound world to attack: Acme Manufacturing, the client, and Onsite Services, its provider.

Acme has one administrator, Bo. Onsite has two, Jane and Sam. A small catalog is adopted, one agreement is in force that
both have accepted. Nothing in it depends on today's date: reports are asked for a day of their own.
"""

import json

from writer import Key, Log

BO, JANE, SAM = Key("acme/bo"), Key("onsite/jane"), Key("onsite/sam")
STRANGER = Key("nowhere/mallory")
ENGAGEMENT, HOUSE = "acme-onsite", "house"
BEGIN, FROM, THROUGH = "2025-01-06", "2025-01-06", "2099-12-31"
# The day for which ownership is asked, unless a test says another.
TODAY = "2025-09-01"


def control(id, domain, objectives=(), retained=None):
    props = [{"name": "label", "value": id}, {"name": "domain", "ns": "urn:custody:v1", "value": domain}]
    if retained:
        props.append({"name": "retained", "ns": "urn:custody:v1", "value": retained})
    parts = [
        {"id": f"c-{id}.{letter}", "name": "assessment-objective", "prose": f"Part {letter} of {id} is done.",
         "props": [{"name": "label", "value": f"{id}[{letter}]"}]} for letter in objectives]
    return {"id": f"c-{id}", "title": f"Control {id}", "props": props, **({"parts": parts} if parts else {})}


def catalog(groups, title="House rules"):
    """An OSCAL catalog; 'groups': controls by their family's label."""
    return json.dumps({"catalog": {
        "uuid": "8b0c1b53-4a3f-4c3a-9a53-0d6a2f9f6c11",
        "metadata": {
            "title": title, "last-modified": "2025-01-01T00:00:00.000Z", "version": "1", "oscal-version": "1.1.3"},
        **({"groups": [
            {"id": f"g-{label}", "title": f"Family {label}", "props": [{"name": "label", "value": label}],
             "controls": controls} for label, controls in groups.items()]} if groups else {}),
    }}, indent=1).encode()


FAMILY_1 = [
    control("1.1", "patch-management", "ab"), control("1.2", "identity-access"),
    control("1.3", "governance", retained="the house's own rule")]
FAMILY_2 = [control("2.1", "physical-security"), control("2.2", "network-monitoring")]
CATALOG = catalog({"1": FAMILY_1, "2": FAMILY_2})
UNITS = ["1.1[a]", "1.1[b]", "1.2", "1.3", "2.1", "2.2"]
THEIRS = ["1.1[a]", "1.1[b]", "2.2"]

SCOPE = """\
  - { domains: [patch-management, network-monitoring], accountable: onsite, responsible: [onsite/jane] }
  - { controls: [house/1.2, house/2.1], accountable: acme, responsible: [acme/bo] }
"""


def agreement(*, id=ENGAGEMENT, client="acme", providers="onsite", scope=SCOPE, effective=None, more=""):
    return (
        f"id: {id}\nmodel: co-managed\nclient: {client}\nproviders: [{providers}]\n"
        f"term: {{ from: {FROM}, through: {THROUGH} }}\n"
        + (f"effective: {effective}\n" if effective else "")
        + f"frameworks: [house]\nscope:\n{scope}{more}").encode()


def unit(id, accountable, responsible=None, *, start=FROM, through=THROUGH, cadence="-", framework=HOUSE):
    return "\t".join([f"{framework}/{id}", start, through, accountable, responsible or accountable, cadence, "-"])


def schedule(*lines):
    """Unit lines in byte order, and after them the lines of each other kind, in byte order too."""
    kinds = ["duty", "level", "block", "step", "paper"]
    def order(line):
        kind = line.split("\t")[0]
        return (kinds.index(kind) + 1 if kind in kinds else 0, line.encode())
    return "".join(line + "\n" for line in sorted(lines, key=order)).encode()


def owner_of(id):
    return "onsite" if id in THEIRS else "acme"


def unit_lines(party, start=FROM, through=THROUGH):
    """What the base agreement gives a party: to the client's schedule belongs everything."""
    return [
        unit(id, owner_of(id), "-" if id == "1.3" else None, start=start, through=through)
        for id in UNITS if party == "acme" or owner_of(id) == party]


def acme(day=BEGIN, **options):
    """A log with the client, its catalog, and the provider with two administrators; no agreement yet."""
    log = Log("acme", BO, day, **options)
    log.adopt(HOUSE, CATALOG, FROM, BO)
    log.join_party("onsite", BO)
    log.join(JANE, BO)
    log.join(SAM, JANE)
    return log


def sign_acceptance(log, version, key, *, lines=None, start=FROM, through=THROUGH, catalogs=None, **options):
    lines = unit_lines(key.party, start, through) if lines is None else lines
    return log.sign_acceptance(version, schedule(*lines), catalogs or {HOUSE: CATALOG}, key, **options)


def accept(log, version, key, *, by=None, time=None, **options):
    return log.append(sign_acceptance(log, version, key, **options), by=by, time=time)


def both_accept(log, version, **options):
    accept(log, version, BO, **options)
    return accept(log, version, JANE, **options)


def world(**options):
    """The base world: eight entries, everything owned."""
    log = acme(**options)
    log.first = log.version(ENGAGEMENT, agreement(), BO)
    both_accept(log, log.first)
    return log
