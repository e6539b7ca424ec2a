"""Duties, service levels and other lines that are no units wait for the parties that they name.

Everything about how a waiting line is told is in 'waits': nothing else here says what the finding looks like.
"""

from harness import Wrong, case, equal, that
from world import *

LEVEL = (
    "service-levels:\n"
    '  - {{ id: uptime, party: onsite, domains: [network-monitoring], target: ">= {0}", unit: "%", every: month }}\n')
DUTY = "duties:\n  - {{ id: steering, title: Minutes, party: {0}, every: quarter }}\n"
DAY = "2025-03-03"


def level(target):
    return f"level\tuptime\tonsite\tnetwork-monitoring\t>= {target}\t%\tevery month"


def duty(party):
    return f"duty\tsteering\t{party}\tevery quarter\tMinutes"


def waits(answer, id):
    """Whether a line is told to wait for somebody's word."""
    return any(
        each["code"] in ("pending", "unaccepted") and id in f"{each['subject']} {each['message']}"
        for each in answer.findings)


def check(t, log, id, expected):
    answer = t.verify(log).is_sound()
    if waits(answer, id) != expected:
        raise Wrong(
            f"expected {'a finding pending or unaccepted' if expected else 'no such finding'} that names '{id}', "
            f"found {answer.brief()}")


def changed(before, after, lines_before, lines_after, accepted_by=()):
    """A second version with the same unit lines and others beside them; the client has accepted it."""
    log = acme()
    log.first = log.version(ENGAGEMENT, agreement(more=before), BO)
    for key in BO, JANE:
        accept(log, log.first, key, lines=[*unit_lines(key.party), *lines_before(key.party)])
    log.on(DAY)
    second = log.version(ENGAGEMENT, agreement(more=after), BO)
    for key in BO, *accepted_by:
        # The units' answers are those that hold, so that the client's schedule has none.
        units = [] if key is BO else unit_lines(key.party, DAY)
        accept(log, second, key, lines=[*units, *lines_after(key.party)])
    return log


def levels(after, *accepted_by):
    return changed(
        LEVEL.format("99.9"), LEVEL.format(after), lambda party: [level("99.9")], lambda party: [level(after)],
        accepted_by)


def duties(before, after, *accepted_by):
    def lines(owner):
        return lambda party: [duty(owner)] if owner and party in ("acme", owner) else []
    return changed(
        DUTY.format(before) if before else "", DUTY.format(after), lines(before), lines(after), accepted_by)


@case("the client alone asks more of a service level: it waits")
def level_changed(t):
    check(t, levels("100"), "uptime", True)


@case("a service level that both have accepted anew does not wait")
def level_accepted(t):
    check(t, levels("100", JANE), "uptime", False)


@case("a new version with the very same service level: nothing waits")
def level_same(t):
    check(t, levels("99.9"), "uptime", False)


@case("the client alone moves a duty to the provider: it waits")
def duty_moved(t):
    check(t, duties("acme", "onsite"), "steering", True)


@case("a duty that was moved and that both have accepted does not wait")
def duty_accepted(t):
    check(t, duties("acme", "onsite", JANE), "steering", False)


@case("the client alone takes a duty from the provider: it waits for the provider too")
def duty_taken(t):
    check(t, duties("onsite", "acme"), "steering", True)


@case("the client alone gives the provider a new duty: it waits")
def duty_new(t):
    check(t, duties(None, "onsite"), "steering", True)


@case("the client alone takes on a new duty of its own: nothing waits")
def duty_own(t):
    check(t, duties(None, "acme"), "steering", False)


@case("the first version's service level, accepted by the client alone: it waits")
def level_first(t):
    log = acme()
    version = log.version(ENGAGEMENT, agreement(more=LEVEL.format("99.9")), BO)
    accept(log, version, BO, lines=[*unit_lines("acme"), level("99.9")])
    check(t, log, "uptime", True)


def persons(*accepted_by):
    """The client's second version names Sam for the provider, where the first named Jane."""
    log = world()
    scope = SCOPE.replace("onsite/jane", "onsite/sam")
    second = log.on(DAY).version(ENGAGEMENT, agreement(scope=scope), BO)
    for key in BO, *accepted_by:
        accept(log, second, key, start=DAY)
    return log


def responsible(t, log):
    answer = t.custody(
        "report", "ownership", "--store", t.store(log), "--format", "json", "--as-of", TODAY, home=t.home())
    return next(each["responsible"] for each in answer.json["controls"] if each["control"] == "house/2.2")


@case("the client alone replaces the provider's person: the earlier one goes on")
def person_replaced(t):
    equal(responsible(t, persons()), ["onsite/jane"], "responsible for 2.2")


@case("the provider has accepted another person: that one does the work")
def person_accepted(t):
    equal(responsible(t, persons(JANE)), ["onsite/sam"], "responsible for 2.2")


@case("'engagement show' says that a line waits")
def shown(t):
    store = t.store(levels("100"))
    answer = t.custody("engagement", "show", ENGAGEMENT, "--store", store, home=t.home())
    that("uptime" in answer.talk, "the service level that waits", answer.talk)


@case("the client alone swaps a paper: it waits")
def paper_swapped(t):
    papers = (
        "papers:\n"
        "  - { file: terms.txt, kind: business-associate-agreement, from: 2025-01-06, through: 2099-12-31 }\n")
    log = acme()
    log.first = log.version(ENGAGEMENT, agreement(more=papers), BO, papers=[("terms.txt", "text/plain", b"terms\n")])
    both_accept(log, log.first)
    # Both have accepted the first, with its paper or without: only the change is asked about.
    second = log.on(DAY).version(
        ENGAGEMENT, agreement(more=papers), BO, papers=[("terms.txt", "text/plain", b"other terms\n")])
    accept(log, second, BO, start=DAY)
    answer = t.verify(log)
    that(any(waits(answer, name) for name in ("terms.txt", "paper", ENGAGEMENT)),
         "a finding pending or unaccepted that names the paper", answer.brief())
