package import Agreements
internal import Catalogs
internal import Statements

/// What is allowed in an agreement and bodes ill: found before it is signed, where it costs a word.
///
/// Nothing of it keeps an agreement from being applied. What names nobody who does the work, a level outside its party's
/// scope and two lines of one rank are found by `AgreementCheck`.
package enum AgreementSmells {
  /// More names than this, and a line consults everyone.
  private static let consultedLimit = 4
  /// Fewer lines than this show no habit.
  private static let lineMinimum = 4

  /// - Parameter domains: Those that there are.
  package static func list(
    _ document: EngagementDocument, _ sources: SourceMap, domains: [String]
  ) -> [Diagnostic] {
    let found =
      years(document, sources) + notice(document, sources) + consulted(document, sources)
      + papers(document, sources)
      + [everywhere(document, sources), unmentioned(document, sources, domains)].compactMap { $0 }
    return found.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// Years in which nobody agreed on anything, or will.
  private static func years(_ document: EngagementDocument, _ sources: SourceMap) -> [Diagnostic] {
    var told: Set<Int> = []
    let days: [(key: SourceMap.Step, day: Day?)] = [
      ("term", document.termFrom), ("term", document.termThrough), ("effective", document.effective),
    ]
    return days.compactMap { key, day -> Diagnostic? in
      guard let day, !(1970...2199).contains(day.components.year), told.insert(day.components.year).inserted else {
        return nil
      }
      return Diagnostic(sources.position(key), "\(day) is far from today: is the year right?")
    }
  }

  /// A term without notice ends unnoticed.
  private static func notice(_ document: EngagementDocument, _ sources: SourceMap) -> [Diagnostic] {
    guard document.notice == nil else { return [] }
    return [
      Diagnostic(
        sources.position("term"),
        "the term ends on \(document.termThrough) and no notice is agreed: write 'notice: 90 days', and 'custody status' says "
          + "by when it must be given")
    ]
  }

  /// A paper under another name is missed where its kind is asked for.
  private static func papers(_ document: EngagementDocument, _ sources: SourceMap) -> [Diagnostic] {
    document.papers.enumerated().compactMap { index, paper in
      guard let meant = PaperKinds.meant(by: paper.kind) else { return nil }
      let advice = meant == Paper.statementOfWork ? "'statement-of-work: \(paper.file)' instead" : "'kind: \(meant)'"
      return Diagnostic(
        sources.position("papers", .index(index), "kind"),
        "nothing looks for a paper of kind '\(paper.kind)': write \(advice) if it is one")
    }
  }

  /// Where everyone is consulted, nobody decides.
  private static func consulted(_ document: EngagementDocument, _ sources: SourceMap) -> [Diagnostic] {
    document.scope.enumerated().compactMap { index, line in
      guard line.consulted.count > consultedLimit else { return nil }
      return Diagnostic(
        sources.position("scope", .index(index), "consulted"),
        "\(line.consulted.count) are consulted: name those without whom it cannot be decided, and inform the others")
    }
  }

  /// One person who does more than half of everything is not there one day.
  private static func everywhere(_ document: EngagementDocument, _ sources: SourceMap) -> Diagnostic? {
    let staffed = document.scope.filter { !$0.responsible.isEmpty }
    guard staffed.count >= lineMinimum else { return nil }
    var counts: [String: Int] = [:]
    for line in staffed {
      for person in Set(line.responsible) where Identifier.isMember(person) { counts[person, default: 0] += 1 }
    }
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    guard let (person, count) = most.map({ ($0.key, $0.value) }), count * 2 > staffed.count else { return nil }
    return Diagnostic(
      sources.position("scope"),
      "'\(person)' does the work in \(count) of \(staffed.count) lines: name a second person, for the day when they are away"
    )
  }

  /// What nobody carved out nobody does.
  private static func unmentioned(
    _ document: EngagementDocument, _ sources: SourceMap, _ domains: [String]
  ) -> Diagnostic? {
    guard document.model == .coManaged else { return nil }
    var named: Set<String> = []
    for line in document.scope {
      switch line.target {
      case .domains(let some): named.formUnion(some)
      case .controls(let some):
        for control in some where control.hasPrefix("\(ControlFinder.functions)/") {
          named.insert(String(control.dropFirst(ControlFinder.functions.count + 1)))
        }
      case .families: break
      }
    }
    let missing = domains.filter { !named.contains($0) }
    guard !missing.isEmpty else { return nil }
    let some = missing.prefix(5).joined(separator: ", ") + (missing.count > 5 ? " and \(missing.count - 5) more" : "")
    return Diagnostic(
      sources.position("scope"),
      "no line mentions \(missing.count == 1 ? "the domain" : "\(missing.count) domains:") \(some): under co-managed nobody "
        + "answers for \(missing.count == 1 ? "it" : "them")")
  }
}
