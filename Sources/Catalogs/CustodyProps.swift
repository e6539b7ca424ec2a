/// The props of custody's own namespace on one control, or on the catalog.
struct CustodyProps {
  private static let known: Set<String> = ["domain", "retained", "weight", "same-as", "cadence", "typical-managed"]

  private let props: [OSCALProp]
  private let location: JSONLocation

  init(_ props: [OSCALProp], location: JSONLocation) {
    self.props = props.filter(\.isCustody)
    self.location = location
  }

  /// The value of a prop that may stand there once.
  func single(_ name: String) throws(CatalogError) -> String? {
    let values = props.filter { $0.name == name }
    guard values.count <= 1 else { throw fault("has the prop '\(name)' \(values.count) times") }
    guard let value = values.first?.value else { return nil }
    guard !value.isEmpty else { throw fault("has a prop '\(name)' that is empty") }
    return value
  }

  /// The value of a prop that is an identifier.
  func identifier(_ name: String) throws(CatalogError) -> String? {
    guard let value = try single(name) else { return nil }
    guard Identifier.isFramework(value) else {
      throw fault("has a prop '\(name)' that is no identifier", hint: "use a-z, 0-9 and hyphens, at most 32 characters")
    }
    return value
  }

  /// The value of a prop that is one of a few words.
  func choice(_ name: String, of words: [String]) throws(CatalogError) -> String? {
    guard let value = try single(name) else { return nil }
    guard words.contains(value) else {
      throw fault("has a prop '\(name)' that is none of \(words.joined(separator: ", "))")
    }
    return value
  }

  /// The prop `cadence`.
  func cadence() throws(CatalogError) -> Cadence? {
    try choice("cadence", of: Cadence.allCases.map(\.rawValue)).flatMap(Cadence.init(rawValue:))
  }

  /// The targets of the props `same-as`.
  func sameAs(notIn framework: String) throws(CatalogError) -> [ControlID] {
    var targets: [ControlID] = []
    var seen: Set<ControlID> = []
    for prop in props where prop.name == "same-as" {
      guard let target = ControlID(parsing: prop.value) else {
        throw fault("has a prop 'same-as' that is not 'framework/control'")
      }
      guard target.framework != framework else {
        throw fault("has a prop 'same-as' that leads to its own catalog", hint: "name a control of another framework")
      }
      guard seen.insert(target).inserted else { throw fault("has the prop 'same-as' twice for '\(target)'") }
      targets.append(target)
    }
    return targets
  }

  /// The props that have no field of their own.
  var others: [ControlProperty] {
    props.filter { !Self.known.contains($0.name) }.map {
      ControlProperty(name: $0.name, value: $0.value, category: $0.category, remarks: $0.remarks)
    }
  }

  private func fault(_ what: String, hint: String? = nil) -> CatalogError {
    CatalogError(.malformed, "\(location) \(what)", hint: hint)
  }
}
