/// Small OSCAL catalogs for logs that tests write.
package enum SampleCatalog {
  package struct Control {
    package var id: String
    package var family: String
    package var domain: String?
    package var objectives: [String]
    package var retained: String?
    package var sameAs: [String]
    package var cadence: String?
    package var typicalManaged: String?

    package init(
      _ id: String, family: String, domain: String? = nil, objectives: [String] = [], retained: String? = nil,
      sameAs: [String] = [], cadence: String? = nil, typicalManaged: String? = nil
    ) {
      self.id = id
      self.family = family
      self.domain = domain
      self.objectives = objectives
      self.retained = retained
      self.sameAs = sameAs
      self.cadence = cadence
      self.typicalManaged = typicalManaged
    }
  }

  /// The catalog of some controls, each family a group.
  package static func bytes(_ controls: [Control], title: String = "Sample") -> [UInt8] {
    var families: [String] = []
    for control in controls where !families.contains(control.family) { families.append(control.family) }
    let groups = families.map { family in
      let members = controls.filter { $0.family == family }.map(json)
      return """
        {"id":"g-\(family)","title":"Family \(family)","props":[\(label(family))],"controls":[\(members.joined(separator: ","))]}
        """
    }
    return Array(
      """
      {"catalog":{"uuid":"5b7c1c2e-0d4f-4e0e-9d59-2b8f4f6b7a10","metadata":{"title":"\(title)",
      "last-modified":"2026-01-01T00:00:00Z","version":"1","oscal-version":"1.1.3"},
      "groups":[\(groups.joined(separator: ","))]}}
      """.utf8)
  }

  private static func label(_ text: String) -> String { #"{"name":"label","value":"\#(text)"}"# }

  private static func ours(_ name: String, _ value: String) -> String {
    #"{"name":"\#(name)","ns":"urn:custody:v1","value":"\#(value)"}"#
  }

  private static func json(_ control: Control) -> String {
    var props = [label(control.id)]
    if let domain = control.domain { props.append(ours("domain", domain)) }
    if let retained = control.retained { props.append(ours("retained", retained)) }
    if let cadence = control.cadence { props.append(ours("cadence", cadence)) }
    if let typical = control.typicalManaged { props.append(ours("typical-managed", typical)) }
    props += control.sameAs.map { ours("same-as", $0) }
    let parts = control.objectives.enumerated().map { index, objective in
      #"{"id":"o-\#(control.id)-\#(index)","name":"assessment-objective","props":[\#(label(objective))],"prose":"so"}"#
    }
    return """
      {"id":"c-\(control.id)","title":"Control \(control.id)","props":[\(props.joined(separator: ","))],"parts":[\(parts.joined(separator: ","))]}
      """
  }
}
