import Foundation
import Testing

/// What the reports say for one day with what was known by its end; each is asked for once.
struct DayAnswers {
  let day: String
  let chapter: StagedChapter
  let place: Workplace
  private var reports: [String: [String: Any]] = [:]

  init(day: String, chapter: StagedChapter, place: Workplace) {
    self.day = day
    self.chapter = chapter
    self.place = place
  }

  /// - Parameters:
  ///   - question: A word of the table in ``ChapterAnswersTests``.
  ///   - subject: What it is asked about.
  mutating func answer(_ question: String, _ subject: String) throws -> String {
    switch question {
    case "owner": try owner(subject)
    case "staffed": try staffed(subject)
    case "owned", "unowned": try count(subject, owned: question == "owned")
    case "finding": "\(try list("gaps", "findings") { $0["code"] as? String == subject }.count)"
    case "score", "status": try standing(question, subject)
    case "not-assessed": try counts(subject, "none")
    case "met", "not-met", "planned", "partly": try counts(subject, question)
    case "alternatives": try alternatives(subject)
    case "hours-left": try hours(subject, "left")
    case "hours-beyond": try hours(subject, "beyond")
    case "due", "late": try duty(question, subject)
    case "paper": try paper(subject)
    case "level": try level(subject)
    case "item": try item(subject)
    default: "'\(question)' is no question"
    }
  }

  private mutating func report(_ words: [String]) throws -> [String: Any] {
    let name = words.joined(separator: " ")
    if let known = reports[name] { return known }
    let ended = try place.custody(
      words + ["--as-of", day, "--known-at", day, "--format", "json", "--quiet"], as: chapter.reader,
      environment: ["CUSTODY_STORE": "\(place.desk)/\(chapter.client)"])
    try #require(ended.status == 0, "\(day) \(name): \(ended.talk)")
    reports[name] = ended.object
    return ended.object
  }

  private mutating func list(
    _ name: String, _ key: String, where holds: ([String: Any]) -> Bool
  ) throws -> [[String: Any]] {
    (try report(["report", name])[key] as? [[String: Any]] ?? []).filter(holds)
  }

  // MARK: - Ownership

  private static let errors = [
    "undecided", "undelegable", "contested", "declined", "unaccepted", "lapsed", "unowned",
  ]

  private mutating func owner(_ subject: String) throws -> String {
    let controls = try list("ownership", "controls") { _ in true }
    for control in controls {
      let units = control["units"] as? [[String: Any]] ?? []
      if control["control"] as? String == subject {
        let parties = Set(units.compactMap { $0["accountable"] as? String })
        let fault = DayAnswers.fault(control)
        if fault == nil, parties.count > 1 { return parties.sorted().joined(separator: " and ") }
        return fault ?? control["accountable"] as? String ?? "nobody"
      }
      if let unit = units.first(where: { $0["unit"] as? String == subject }) {
        return DayAnswers.fault(unit) ?? unit["accountable"] as? String ?? "nobody"
      }
    }
    // An objective stands for itself only where it differs from its control.
    if let bracket = subject.lastIndex(of: "["), subject.hasSuffix("]") {
      return try owner(String(subject[..<bracket]))
    }
    return "'\(subject)' is not there"
  }

  private mutating func staffed(_ subject: String) throws -> String {
    let control = try list("ownership", "controls") { $0["control"] as? String == subject }.first
    return (control?["findings"] as? [String] ?? []).contains("unstaffed") ? "no" : "yes"
  }

  private static func fault(_ row: [String: Any]) -> String? {
    let findings = row["findings"] as? [String] ?? []
    return errors.first { findings.contains($0) }
  }

  private mutating func count(_ framework: String, owned: Bool) throws -> String {
    let controls = try list("ownership", "controls") {
      $0["framework"] as? String == framework && $0["applies"] as? Bool == true && $0["owned"] as? Bool == owned
    }
    return "\(controls.count)"
  }

  // MARK: - Assessments

  private mutating func framework(_ id: String) throws -> [String: Any] {
    try list("assessment", "frameworks") { $0["framework"] as? String == id }.first ?? [:]
  }

  private mutating func counts(_ id: String, _ state: String) throws -> String {
    let counts = try framework(id)["counts"] as? [String: Any]
    return (counts?[state] as? Int).map { "\($0)" } ?? "none"
  }

  private mutating func standing(_ question: String, _ id: String) throws -> String {
    let framework = try framework(id)
    if question == "score" {
      return ((framework["score"] as? [String: Any])?["score"] as? Int).map { "\($0)" } ?? "none"
    }
    return (framework["cmmc"] as? [String: Any])?["status"] as? String ?? "none"
  }

  private mutating func alternatives(_ id: String) throws -> String {
    let open = try framework(id)["specifications"] as? [[String: Any]] ?? []
    return "\(open.count { $0["alternative"] is String })"
  }

  private mutating func item(_ control: String) throws -> String {
    let items = try report(["poam"])["items"] as? [[String: Any]] ?? []
    let found = items.first { "\($0["framework"] ?? "")/\($0["control"] ?? "")" == control }
    guard let found else { return "none" }
    return found["late"] as? Bool == true ? "late" : found["due"] as? String ?? "open"
  }

  // MARK: - Promises

  private static func name(_ row: [String: Any], _ key: String) -> String {
    "\(row["engagement"] ?? "")/\(row[key] ?? "")"
  }

  private mutating func hours(_ block: String, _ column: String) throws -> String {
    let found = try list("hours", "blocks") { DayAnswers.name($0, "block") == block }.first
    let months = found?["months"] as? [[String: Any]] ?? []
    let month = months.first { $0["month"] as? String == String(day.prefix(7)) }
    return month?[column] as? String ?? "none"
  }

  private mutating func duty(_ question: String, _ id: String) throws -> String {
    guard let found = try list("duties", "duties", where: { DayAnswers.name($0, "duty") == id }).first else {
      return "none"
    }
    if question == "late" { return found["overdue"] as? Bool == true ? "yes" : "no" }
    return found["due"] as? String ?? "done"
  }

  private mutating func paper(_ id: String) throws -> String {
    try list("papers", "papers") { DayAnswers.name($0, "file") == id }.first?["state"] as? String ?? "none"
  }

  private mutating func level(_ subject: String) throws -> String {
    let found = try list("levels", "periods") { "\(DayAnswers.name($0, "level"))@\($0["period"] ?? "")" == subject }
    return found.first?["state"] as? String ?? "none"
  }
}
