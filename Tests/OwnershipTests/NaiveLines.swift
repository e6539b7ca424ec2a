import Agreements
import Crypto
import Statements

/// Duties, levels and papers by the text: one thing, one day and one entry at a time.
extension NaiveResolver {
  /// A line of an agreement that is about no unit.
  struct Line: Equatable {
    /// `duty minutes`, `paper baa`: what it is about.
    var kind: String
    /// As a schedule has it.
    var text: String
    var parties: Set<String>
  }

  /// What there is to say about one thing on one day.
  struct LineVerdict: Equatable, CustomStringConvertible {
    /// Of the lines that hold.
    var held: Set<String> = []
    /// Of the newest version, where those wait; nil where nothing does.
    var waiting: Set<String>?
    /// Whether somebody whose word it needs has said no.
    var isDeclined = false

    var description: String {
      "\(held.sorted()) \(waiting.map { "waiting \($0.sorted())\(isDeclined ? ", declined" : "")" } ?? "")"
    }
  }

  /// Every line that a version has, whatever the day; none where it cannot be read, or where the entry is no version.
  func lines(of entry: Int) -> [Line] {
    guard case .version(let version) = world.entries[entry].event, let document = version.document else { return [] }
    let duties = document.duties.map { duty in
      let cadence =
        switch duty.when {
        case .every(let name): "every \(name)"
        case .within(let days): "within \(days) days"
        }
      return Line(
        kind: "duty \(duty.id)", text: "duty\t\(duty.id)\t\(duty.party)\t\(cadence)\t\(duty.title)",
        parties: [duty.party])
    }
    let levels = document.serviceLevels.map { level in
      Line(
        kind: "level \(level.id)",
        text:
          "level\t\(level.id)\t\(level.party)\t\(level.domains.joined(separator: ","))\t\(level.target)\t\(level.unit)"
          + "\tevery \(level.every)", parties: [level.party])
    }
    func paper(_ kind: String, _ file: String) -> Line {
      let digest = version.papers[file].map { SHA256.hash($0).hex } ?? "-"
      return Line(kind: "paper \(kind)", text: "paper\t\(kind)\t\(digest)\t-\t-", parties: Set(document.providers))
    }
    let work = document.statementOfWork.map { [paper("statement-of-work", $0)] } ?? []
    return duties + levels + work + document.papers.map { paper($0.kind, $0.file) }
  }

  /// What a version says about one thing on a day: its lines, none of them, or nothing at all (nil).
  private func said(_ entry: Int, _ kind: String, on day: Day) -> [Line]? {
    guard case .version(let version) = world.entries[entry].event, let document = version.document else { return nil }
    let all = versions(of: version.engagement)
    let standard = all.first?.entry == entry ? document.termFrom : version.signedDay
    guard day >= document.effective ?? standard else { return nil }
    if day >= document.termFrom, day <= document.termThrough { return lines(of: entry).filter { $0.kind == kind } }
    return all.contains { $0.entry < entry && said($0.entry, kind, on: day) != nil } ? [] : nil
  }

  /// What an acceptance or decline says about one thing of its version; nil for nothing.
  private func says(_ word: NaiveWorld.Word, _ kind: String, _ lines: [Line]) -> Bool? {
    let signed = word.otherLines.filter { text in
      text.split(separator: "\t").prefix(2).joined(separator: " ") == kind
    }
    if !lines.isEmpty, signed == Set(lines.map(\.text)) { return word.accepts }
    guard signed.isEmpty, word.accepts else { return nil }
    // Not in the schedule of whoever loses it; and the statement of work is in nobody's.
    let isOwed = word.party == world.client || lines.contains { $0.parties.contains(word.party) }
    return lines.isEmpty || !isOwed || kind == "paper statement-of-work" ? true : nil
  }

  /// What holds about one thing of an engagement on a day, and what waits.
  func verdict(_ engagement: String, _ kind: String, on day: Day) -> LineVerdict {
    var candidates: [Int] = []
    var words: [Int: [String: Bool]] = [:]
    var holding: (entry: Int, lines: [Line])?
    func texts(_ lines: [Line]) -> Set<String> { Set(lines.map(\.text)) }
    func needed(_ new: [Line], after limit: Int) -> Set<String> {
      let incoming = new.reduce(into: Set<String>()) { $0.formUnion($1.parties) }
      let outgoing = (holding?.lines ?? []).reduce(into: Set<String>()) { $0.formUnion($1.parties) }
      return incoming.union(outgoing.filter { !hasLeft($0, by: day, known: limit) }).union([world.client])
    }
    for (index, entry) in entries.enumerated() {
      switch entry.event {
      case .version(let version) where version.engagement == engagement:
        if said(index, kind, on: day) != nil { candidates.append(index) }
      case .word(let word):
        if let lines = said(word.version, kind, on: day), let answer = says(word, kind, lines) {
          words[word.version, default: [:]][word.party] = answer
        }
      case .end(let ended, let on) where ended == engagement && day >= max(on ?? entry.day, entry.day):
        (candidates, holding) = ([], nil)
      default: break
      }
      var hasChanged = true
      while hasChanged {
        hasChanged = false
        for version in candidates where version > holding?.entry ?? -1 {
          let lines = said(version, kind, on: day) ?? []
          let isSigned = needed(lines, after: index + 1).allSatisfy { words[version]?[$0] == true }
          guard texts(lines) == texts(holding?.lines ?? []) || isSigned else { continue }
          holding = (version, lines)
          hasChanged = true
          break
        }
      }
    }
    var verdict = LineVerdict()
    let parties = (holding?.lines ?? []).reduce(into: Set<String>()) { $0.formUnion($1.parties) }
    if parties.isEmpty || parties.contains(where: { !hasLeft($0, by: day, known: size) }) {
      verdict.held = texts(holding?.lines ?? [])
    }
    if let newest = candidates.last, newest > holding?.entry ?? -1 {
      let lines = said(newest, kind, on: day) ?? []
      verdict.waiting = texts(lines)
      verdict.isDeclined = needed(lines, after: size).contains { words[newest]?[$0] == false }
    }
    // A line that never held and that nothing wants to bring is not spoken of.
    if verdict.held.isEmpty, verdict.waiting?.isEmpty ?? true { return LineVerdict() }
    return verdict
  }
}
