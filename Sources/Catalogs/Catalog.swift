/// The controls of one framework, from an OSCAL catalog.
///
/// - A control's or group's id is its `label` without a class if that is made of `[A-Za-z0-9._()\[\]-]` and no other of its
///   kind has it, else its OSCAL id. A group with neither is called by the words of its title.
/// - Units are the `assessment-objective` parts, `objective` before OSCAL 1.0, that have none below them, named by their
///   first such label of any class, else the part's id. A control without such parts is its own unit; one that is the same
///   as others has none.
/// - Withdrawn controls are none. Two controls or families of one id are refused. An objective without label and id, or
///   with those of another, is called by its place among the control's: `AC-1[2]`.
package struct Catalog: Sendable {
  /// What the catalog was adopted as: `nist-800-171-r2`. The file itself does not say it.
  package let framework: String

  /// The catalog's own title.
  package let title: String

  /// The catalog's own version.
  package let version: String

  /// The version of OSCAL that it says to follow.
  package let oscalVersion: String

  /// The families in the file's order, each before those in it.
  package let families: [Family]

  /// The controls in the file's order, each before its enhancements.
  package let controls: [Control]

  /// What were controls once, in the file's order.
  package let withdrawn: [WithdrawnControl]

  /// Objectives that the file leaves without a name of their own, and what they are called here.
  package let renamedUnits: [ControlID]

  /// How often evidence is due where a control does not say; a year where the catalog does not say either.
  package let defaultCadence: Cadence

  /// The frameworks whose controls some of these are under another name, in the order of first mention.
  package let leansOn: [String]

  private let familyIndex: [ControlID: Int]
  private let controlIndex: [ControlID: Int]
  private let unitIndex: [ControlID: Unit]

  /// Reads an OSCAL catalog in JSON.
  ///
  /// - Parameters:
  ///   - bytes: the file, from anywhere: it is not trusted.
  ///   - framework: what it is adopted as.
  /// - Throws: `CatalogError`, with the place in the file.
  package init(parsing bytes: [UInt8], framework: String) throws(CatalogError) {
    guard Identifier.isFramework(framework) else {
      throw CatalogError(
        .malformed, "'\(framework)' cannot be a framework's id", hint: "use a-z, 0-9 and hyphens, at most 32 characters"
      )
    }
    var source = try OSCALCatalog(document: bytes)
    source.children = CSFLeftovers.read(source.children)
    var parameters = ParameterText()
    parameters.add(source.params)
    var builder = CatalogBuilder(framework: framework, source.children)
    try builder.add(source.children, families: [], parameters: parameters)
    let cadence = try CustodyProps(source.props, location: JSONLocation("catalog/metadata")).cadence()

    self.framework = framework
    title = source.title
    version = source.version
    oscalVersion = source.oscalVersion
    families = builder.families
    controls = builder.controls
    withdrawn = builder.withdrawn
    renamedUnits = builder.renamedUnits
    defaultCadence = cadence ?? .year
    var leansOn: [String] = []
    var seen: Set<String> = []
    for target in builder.controls.lazy.flatMap(\.sameAs) where seen.insert(target.framework).inserted {
      leansOn.append(target.framework)
    }
    self.leansOn = leansOn
    familyIndex = builder.familyIndex
    controlIndex = builder.controlIndex
    unitIndex = builder.unitIndex
  }

  /// The control of that id.
  package func control(_ id: ControlID) -> Control? {
    controlIndex[id].map { controls[$0] }
  }

  /// The unit of that id: an objective, or a control that is its own unit.
  package func unit(_ id: ControlID) -> Unit? {
    unitIndex[id]
  }

  /// The family of that id.
  package func family(_ id: ControlID) -> Family? {
    familyIndex[id].map { families[$0] }
  }

  /// The controls in a family, those of the families in it among them, in the file's order.
  package func controls(inFamily id: ControlID) -> [Control] {
    controls.filter { $0.families.contains(id) }
  }

  /// How many units there are.
  package var unitCount: Int { unitIndex.count }

  /// The units in the file's order.
  package var units: [Unit] { controls.flatMap(\.units) }

  /// The controls in which each of the words occurs, in the file's order, those first where an id or a title has them.
  ///
  /// - Parameter words: text without regard to case, split at spaces; it may be part of a word.
  package func search(_ words: String) -> [Control] {
    ControlSearch(words).matches(in: controls)
  }
}
