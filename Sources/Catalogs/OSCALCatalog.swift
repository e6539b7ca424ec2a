/// What custody reads of an OSCAL catalog, as the file has it. Everything else in the file is checked and passed over.
///
/// Release candidates of OSCAL 1.0 wrote `properties` for `props`, with `annotations` beside them, and `parameters` for
/// `params`.
///
/// Specification: <https://pages.nist.gov/OSCAL-Reference/models/v1.1.3/catalog/json-reference/>.
struct OSCALCatalog {
  var title = ""
  var version = ""
  var oscalVersion = ""
  var props: [OSCALProp] = []
  var params: [OSCALParam] = []
  var children: [OSCALChild] = []

  /// Reads a whole document: `{"catalog": {…}}`.
  init(document bytes: [UInt8]) throws(CatalogError) {
    if let fault = ForeignFormat.fault(in: bytes) { throw fault }
    // Some editors put a mark before the text, which is none of it (RFC 8259, section 8.1).
    var reader = try JSONReader(bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes)
    var catalog: OSCALCatalog?
    var others: [String] = []
    reader.skipSpace()
    try reader.readObject { (reader, key) throws(CatalogError) in
      switch key {
      case "catalog": catalog = try OSCALCatalog(&reader)
      case "$schema": try reader.skip()
      default:
        others.append(key)
        try reader.skip()
      }
    }
    try reader.finish()
    if catalog == nil, ForeignFormat.isBare(keys: others) { throw ForeignFormat.bare }
    if let fault = ForeignFormat.fault(keys: others) { throw fault }
    guard let catalog, others.isEmpty else {
      throw CatalogError(
        .notACatalog, "this is no OSCAL catalog: 'catalog' must be the one key of the outermost object")
    }
    self = catalog
  }

  private init(_ reader: inout JSONReader) throws(CatalogError) {
    var hasMetadata = false
    try reader.readObject { (reader, key) throws(CatalogError) in
      switch key {
      case "metadata":
        try readMetadata(&reader)
        hasMetadata = true
      case "params", "parameters": params += try OSCALParam.list(&reader)
      case "groups", "controls": try OSCALChild.append(key, from: &reader, to: &children)
      default: try reader.skip()
      }
    }
    guard hasMetadata else { throw reader.fault("has no 'metadata'") }
  }

  private mutating func readMetadata(_ reader: inout JSONReader) throws(CatalogError) {
    var title: String?
    var version: String?
    var oscalVersion: String?
    try reader.readObject { (reader, key) throws(CatalogError) in
      switch key {
      case "title": title = try reader.readString()
      case "version": version = try reader.readString()
      case "oscal-version": oscalVersion = try reader.readString()
      case "props", "properties", "annotations": props += try OSCALProp.list(&reader)
      default: try reader.skip()
      }
    }
    guard let title else { throw reader.fault("has no 'title'") }
    guard let version else { throw reader.fault("has no 'version'") }
    guard let oscalVersion else { throw reader.fault("has no 'oscal-version'") }
    if let fault = ForeignFormat.fault(version: oscalVersion) { throw fault }
    self.title = title
    self.version = version
    self.oscalVersion = oscalVersion
  }
}

/// A group or a control, in the order in which the file has them.
enum OSCALChild {
  case group(OSCALGroup)
  case control(OSCALControl)

  /// Reads the array under the key `groups` or `controls`.
  static func append(
    _ key: String, from reader: inout JSONReader, to children: inout [OSCALChild]
  ) throws(CatalogError) {
    try reader.readArray { (reader) throws(CatalogError) in
      children.append(
        key == "groups" ? .group(try OSCALGroup(&reader)) : .control(try OSCALControl(&reader)))
    }
  }
}

/// A group of controls or of groups.
struct OSCALGroup {
  let location: JSONLocation
  var id: String?
  var title = ""
  var props: [OSCALProp] = []
  var params: [OSCALParam] = []
  var children: [OSCALChild] = []

  /// The group that a control stands for which only holds others.
  init(_ control: OSCALControl) {
    location = control.location
    id = control.id
    title = control.title
    props = control.props
    params = control.params
    children = control.children
  }

  init(_ reader: inout JSONReader) throws(CatalogError) {
    location = reader.location
    var title: String?
    try reader.readObject { (reader, key) throws(CatalogError) in
      switch key {
      case "id": id = try reader.readString()
      case "title": title = try reader.readString()
      case "props", "properties", "annotations": props += try OSCALProp.list(&reader)
      case "params", "parameters": params += try OSCALParam.list(&reader)
      case "groups", "controls": try OSCALChild.append(key, from: &reader, to: &children)
      default: try reader.skip()
      }
    }
    guard let title else { throw reader.fault("has no 'title'") }
    self.title = title
  }
}

/// A control, with the enhancements in it.
struct OSCALControl {
  let location: JSONLocation
  var id = ""
  var title = ""
  var props: [OSCALProp] = []
  var params: [OSCALParam] = []
  var parts: [OSCALPart] = []
  var links: [OSCALLink] = []
  var children: [OSCALChild] = []
  /// Its `class`.
  var category: String?
  /// Whether an earlier edition left it there without a mark.
  var isLeftOver = false

  /// Whether it stands there only so that nobody misses it: what `WithdrawalMark` reads, or `isLeftOver`.
  var isWithdrawn: Bool { isLeftOver || WithdrawalMark.stands(on: self) }

  init(_ reader: inout JSONReader) throws(CatalogError) {
    location = reader.location
    var id: String?
    var title: String?
    try reader.readObject { (reader, key) throws(CatalogError) in
      switch key {
      case "id": id = try reader.readString()
      case "title": title = try reader.readString()
      case "props", "properties", "annotations": props += try OSCALProp.list(&reader)
      case "params", "parameters": params += try OSCALParam.list(&reader)
      case "parts": parts = try OSCALPart.list(&reader)
      case "class": category = try reader.readString()
      case "links": links = try OSCALLink.list(&reader)
      case "controls": try OSCALChild.append(key, from: &reader, to: &children)
      default: try reader.skip()
      }
    }
    guard let id else { throw reader.fault("has no 'id'") }
    guard let title else { throw reader.fault("has no 'title'") }
    self.id = id
    self.title = title
  }
}

/// What a control leads to.
struct OSCALLink {
  /// The relations by which a withdrawn control says where it went.
  static let successions: Set<String> = ["incorporated-into", "incorporated_into", "moved-to", "addressed-by"]

  var target = ""
  var relation: String?

  static func list(_ reader: inout JSONReader) throws(CatalogError) -> [OSCALLink] {
    var links: [OSCALLink] = []
    try reader.readArray { (reader) throws(CatalogError) in links.append(try OSCALLink(&reader)) }
    return links
  }

  private init(_ reader: inout JSONReader) throws(CatalogError) {
    try reader.readObject { (reader, key) throws(CatalogError) in
      switch key {
      case "href": target = try reader.readString()
      case "rel": relation = try reader.readString()
      default: try reader.skip()
      }
    }
  }
}

/// A piece of a control's text.
struct OSCALPart {
  let location: JSONLocation
  var id: String?
  var name = ""
  var namespace: String?
  var props: [OSCALProp] = []
  var prose = ""
  var parts: [OSCALPart] = []

  static func list(_ reader: inout JSONReader) throws(CatalogError) -> [OSCALPart] {
    var parts: [OSCALPart] = []
    try reader.readArray { (reader) throws(CatalogError) in parts.append(try OSCALPart(&reader)) }
    return parts
  }

  private init(_ reader: inout JSONReader) throws(CatalogError) {
    location = reader.location
    var name: String?
    try reader.readObject { (reader, key) throws(CatalogError) in
      switch key {
      case "id": id = try reader.readString()
      case "name": name = try reader.readString()
      case "ns": namespace = try reader.readString()
      case "props", "properties", "annotations": props += try OSCALProp.list(&reader)
      case "prose": prose = try reader.readString()
      case "parts": parts = try OSCALPart.list(&reader)
      default: try reader.skip()
      }
    }
    guard let name else { throw reader.fault("has no 'name'") }
    self.name = name
  }

  /// Whether it says what is to be determined. Before OSCAL 1.0 the name was shorter.
  var isObjective: Bool { isNamed("assessment-objective") || isNamed("objective") }

  /// Whether it is an objective, or one stands in it.
  var holdsObjective: Bool { isObjective || parts.contains(where: \.holdsObjective) }

  /// Whether it is a part of that name in OSCAL's own vocabulary.
  func isNamed(_ name: String) -> Bool { self.name == name && OSCALProp.isOwnVocabulary(namespace) }
}

/// A name and a value.
struct OSCALProp {
  /// The namespace of custody's own props.
  static let custody = "urn:custody:v1"

  var name = ""
  var namespace: String?
  var value = ""
  var category: String?
  var remarks: String?

  static func list(_ reader: inout JSONReader) throws(CatalogError) -> [OSCALProp] {
    var props: [OSCALProp] = []
    try reader.readArray { (reader) throws(CatalogError) in props.append(try OSCALProp(&reader)) }
    return props
  }

  private init(_ reader: inout JSONReader) throws(CatalogError) {
    var name: String?
    var value: String?
    try reader.readObject { (reader, key) throws(CatalogError) in
      switch key {
      case "name": name = try reader.readString()
      case "ns": namespace = try reader.readString()
      case "value": value = try reader.readString()
      case "class": category = try reader.readString()
      case "remarks": remarks = try reader.readString()
      default: try reader.skip()
      }
    }
    guard let name else { throw reader.fault("has no 'name'") }
    guard let value else { throw reader.fault("has no 'value'") }
    self.name = name
    self.value = value
  }

  /// Whether it is a prop of that name in OSCAL's own vocabulary.
  func isNamed(_ name: String) -> Bool { self.name == name && Self.isOwnVocabulary(namespace) }

  /// Whether it is a prop of custody's.
  var isCustody: Bool { namespace == Self.custody }

  /// OSCAL's own namespace is the default, and may be spelled out; files of before 1.0.0 put the version behind it.
  static func isOwnVocabulary(_ namespace: String?) -> Bool {
    guard let namespace else { return true }
    return ["http://csrc.nist.gov/ns/oscal", "http://csrc.nist.gov/ns/oscal/1.0"].contains(namespace)
  }
}

/// A value that a control leaves to the organization.
struct OSCALParam {
  var id = ""
  var label: String?
  var choices: [String] = []
  /// What somebody has chosen.
  var values: [String] = []
  /// What may be chosen, in words.
  var constraints: [String] = []

  static func list(_ reader: inout JSONReader) throws(CatalogError) -> [OSCALParam] {
    var params: [OSCALParam] = []
    try reader.readArray { (reader) throws(CatalogError) in params.append(try OSCALParam(&reader)) }
    return params
  }

  private init(_ reader: inout JSONReader) throws(CatalogError) {
    var id: String?
    try reader.readObject { (reader, key) throws(CatalogError) in
      switch key {
      case "id": id = try reader.readString()
      case "label": label = try reader.readString()
      case "value": values.append(try reader.readString())
      case "select": try readSelect(&reader)
      case "values":
        try reader.readArray { (reader) throws(CatalogError) in values.append(try reader.readString()) }
      case "constraints": try reader.readArray { (reader) throws(CatalogError) in try readConstraint(&reader) }
      default: try reader.skip()
      }
    }
    guard let id else { throw reader.fault("has no 'id'") }
    self.id = id
  }

  private mutating func readConstraint(_ reader: inout JSONReader) throws(CatalogError) {
    try reader.readObject { (reader, key) throws(CatalogError) in
      // Before 1.0 it was a detail.
      if key == "description" || key == "detail" {
        constraints.append(try reader.readString())
      } else {
        try reader.skip()
      }
    }
  }

  private mutating func readSelect(_ reader: inout JSONReader) throws(CatalogError) {
    try reader.readObject { (reader, key) throws(CatalogError) in
      // Before 1.0 they were alternatives.
      guard key == "choice" || key == "alternatives" else { return try reader.skip() }
      try reader.readArray { (reader) throws(CatalogError) in choices.append(try reader.readString()) }
    }
  }
}
