internal import Crypto
internal import Findings
internal import Ownership
package import Statements
internal import TreeLog

/// How agreements came about, as the log says.
package enum EngagementHistory {
  /// A version, an acceptance or an end.
  package struct Event {
    package let entry: Int
    package let engagement: String
    package let what: String
    package let day: Day
    package let party: String
    package let detail: String
  }

  /// Everything that was signed, by kind.
  package static func events(_ store: OpenedStore) throws -> [Event] {
    let state = store.state
    var events = state.versions.map { version in
      Event(
        entry: version.entry, engagement: version.engagement, what: "version", day: version.day, party: version.party,
        detail: "agreement \(version.document.short)")
    }
    for acceptance in state.acceptances {
      let version = state.versions.first { $0.statement == acceptance.version }
      let lines = (try? store.library.schedule(acceptance.schedule))?.map { $0.units.count } ?? nil
      let reason = acceptance.reason.map { ": \($0)" } ?? ""
      events.append(
        Event(
          entry: acceptance.entry, engagement: version?.engagement ?? "",
          what: acceptance.accepts ? "accept" : "decline",
          day: acceptance.day, party: acceptance.member,
          detail: "\(Wording.count(lines ?? 0, "line")) of the version of entry \(version?.entry ?? 0)\(reason)"))
    }
    let reader = store.reader
    for end in state.ends {
      let day = try Entry(parsing: reader.entry(at: end.entry)).time.day
      events.append(
        Event(
          entry: end.entry, engagement: end.engagement, what: "end", day: day, party: end.party,
          detail: "from \(end.on) on"))
    }
    return events
  }
}
