internal import Catalogs
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering

/// The controls that apply, of each adopted catalog; what does not apply is left out, and why is said in the metadata.
struct Profile {
  private let context: OSCALContext

  init(_ context: OSCALContext) {
    self.context = context
  }

  func json() throws -> JSONOutput {
    var back = BackMatter(context.ids)
    var imports: [JSONOutput] = []
    for row in context.frameworks {
      guard let selection = selection(row) else { continue }
      var fields = Fields()
      fields.set("href", exactly: back.catalog(row))
      fields.set("include-controls", selection)
      imports.append(fields.json)
    }
    guard !imports.isEmpty else { throw OSCALContext.nothingApplies(context.source) }
    var fields = Fields()
    fields.set("uuid", exactly: context.documentID)
    fields.set("metadata", context.metadata(context.notApplicable))
    fields.set("imports", imports)
    fields.set("merge", ["as-is": true])
    fields.set("back-matter", back.json)
    return fields.json
  }

  /// The controls of a framework that apply; nil where none does. An id that is no token can only be told by a pattern.
  private func selection(_ framework: ResponsibilityMatrix.FrameworkRows) -> [JSONOutput]? {
    let controls = framework.controls.filter(\.applies).map(\.control)
    let ids = controls.filter { context.names.respelled[$0.id] == nil }.map { context.names.control($0.id) }
    let patterns = controls.compactMap { context.names.respelled[$0.id] }
    guard !ids.isEmpty || !patterns.isEmpty else { return nil }
    var fields = Fields()
    fields.set("with-child-controls", exactly: "no")
    fields.set("with-ids", ids.map { .string($0) })
    fields.set("matching", patterns.compactMap { OSCALText.line($0) }.map { ["pattern": .string(Profile.pattern($0))] })
    return [fields.json]
  }

  /// A pattern that one id fits.
  private static func pattern(_ id: String) -> String {
    String(id.flatMap { "*?[]\\".contains($0) ? ["\\", $0] : [$0] })
  }
}

extension OSCALContext {
  /// What does not apply, and why: the profile selects nothing of it, so that no plan under it may implement it.
  var notApplicable: [JSONOutput?] {
    frameworks.flatMap { framework in
      framework.controls.flatMap { row -> [JSONOutput?] in
        let out = row.units.filter { !$0.applies }
        // The parts of a control that is another's under another name are parts of the other.
        guard row.control.sameAs.isEmpty else {
          return row.applies
            ? []
            : [
              Prop.own(
                "not-applicable", names.control(row.control.id), class: "control", remarks: out.first?.notApplicable)
            ]
        }
        if !row.applies, let reason = out.first?.notApplicable, out.allSatisfy({ $0.notApplicable == reason }) {
          return [Prop.own("not-applicable", names.control(row.control.id), class: "control", remarks: reason)]
        }
        return out.map {
          Prop.own("not-applicable", names.target($0.id).id, class: "objective", remarks: $0.notApplicable)
        }
      }
    }
  }

  static func nothingApplies(_ source: OSCALSource) -> Failure {
    let unreadable = source.matrix.unreadable
    return Failure(
      .inputMissing, "there is no control that applies on \(source.snapshot.asOf)",
      hint: unreadable.isEmpty
        ? "'custody framework list' shows what is adopted"
        : "the catalog of '\(unreadable[0])' cannot be read: 'custody verify' says what is wrong with it")
  }

  /// The profile, as a file beside this document; programs follow a path more readily than a resource.
  func profile(_ back: inout BackMatter) throws -> JSONOutput {
    beside(.profile, try source.document(.profile), &back)
  }

  /// A document that this one rests on, which lies beside it.
  func beside(_ kind: OSCALKind, _ bytes: [UInt8], _ back: inout BackMatter) -> JSONOutput {
    let resource = back.document(
      kind, SHA256.hash(bytes), description: "'custody oscal \(kind.rawValue)' with the same options writes it.")
    var fields = Fields()
    fields.set("href", exactly: kind.fileName)
    fields.set("remarks", text: "The resource \(resource) has its SHA-256.")
    return fields.json
  }
}
