internal import Catalogs
internal import CommandLine
internal import Findings
internal import Rendering

/// What a control has to do with controls of other catalogs, as the catalogs at hand say it.
struct ShownCrosswalks {
  /// By relation, the closest first; what has no catalog at hand behind what has.
  private let groups: [(relation: CrosswalkRelation, controls: [String])]

  init(_ control: Control, _ finder: ControlFinder) {
    let links = Crosswalks(finder).links(from: control.id)
    var byRelation = Dictionary(grouping: links, by: \.relation).mapValues { $0.map(\.control.description) }
    for (target, relation) in Crosswalks.stated(control) {
      let framework = target.split(separator: "/").first.map(String.init) ?? ""
      if finder.catalog(framework) == nil { byRelation[relation, default: []].append(target) }
    }
    groups = byRelation.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// A paragraph for each relation.
  func tell(_ console: Console) throws {
    for group in groups {
      try console.print(wrapped: Wording.list(group.controls), after: "  \(group.relation.rawValue): ")
    }
  }

  /// `[{"control","relation"}]`.
  var json: JSONOutput {
    .array(
      groups.flatMap { group in
        group.controls.map { ["control": .string($0), "relation": .string(group.relation.rawValue)] }
      })
  }
}
