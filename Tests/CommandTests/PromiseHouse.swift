import Foundation
import TestSupport
import Testing

/// A store in which a provider has accepted an agreement with service levels and blocks of hours, made once.
enum PromiseHouse {
  /// A copy to work in.
  static func copy() throws -> Workplace { try Workplace(copyOf: made.get()) }

  private static let made = Result { try make() }

  private static func make() throws -> Workplace {
    let place = try Workplace()
    // What is made once is never given back.
    atexit {
      if let place = try? PromiseHouse.made.get() { try? FileManager.default.removeItem(atPath: place.folder.path) }
    }
    try FileManager.default.copyItem(
      atPath: Fixtures.path("catalogs/three-controls.json"), toPath: "\(place.desk)/three-controls.json")
    let agreement = """
      id: acme-onsite
      model: managed
      client: acme
      providers: [onsite]
      term: { from: 2026-01-01, through: 2099-12-31 }
      frameworks: [house]
      service-levels:
        - { id: uptime, party: onsite, domains: [network-monitoring], target: ">= 99.9", unit: "%", every: month }
        - { id: response, party: onsite, domains: [help-desk], target: "<= 4", unit: hours, every: month }
        - { id: patching, party: onsite, domains: [patch-management], target: ">= 95", unit: "%", every: quarter }
        - { id: reviews, party: acme, domains: [governance], target: ">= 1", unit: reviews, every: quarter }
      hours:
        - { id: block, party: onsite, domains: [patch-management, help-desk], hours: "20", every: month, rollover: 1 month }

      """
    try place.folder.write(Array(agreement.utf8), to: "desk/agreement.yaml")
    let steps = [
      ("acme/bo", "custody init acme --organization 'Acme Manufacturing' --effective 2026-01-01"),
      ("acme/bo", "custody framework import three-controls.json --id house --effective 2026-01-01"),
      ("onsite/jane", "custody key new --name Jane --output jane.card"),
      ("acme/bo", "custody party add onsite --name 'Onsite Services' --card jane.card"),
      ("acme/bo", "custody engagement apply agreement.yaml --yes"),
      ("onsite/jane", "custody accept --yes"),
    ]
    for (person, line) in steps {
      let ended = try place.shell(line, as: person)
      try #require(ended.status == 0, "\(line): \(ended.talk)")
    }
    return place
  }
}

extension Workplace {
  func write(_ text: String, to name: String) throws { try folder.write(Array(text.utf8), to: "desk/\(name)") }

  /// What an entry says, as a machine reads it.
  func predicate(ofEntry entry: Int) throws -> [String: Any] {
    let shown = try shell("custody show \(entry) --format json").object
    let statement = shown["statement"] as? [String: Any] ?? shown
    return statement["predicate"] as? [String: Any] ?? [:]
  }
}
