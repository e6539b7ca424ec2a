internal import Crypto
internal import Findings
internal import Rendering
internal import Reports
internal import Statements
internal import Workspace

/// A folder with a page for many clients, and one for each of them: `index.html`, `clients/NAME.html`.
struct FleetPages: Sendable {
  /// The folder.
  let folder: String
  /// By the place's path: where its page goes, from the folder on.
  private let names: [String: String]

  /// The folder in the folder in which each client's page lies.
  private static let clients = "clients"

  /// - Throws: Where the folder cannot be made or lies in a store, or a page in it is somebody else's.
  init(_ folder: String, for places: [FleetPlaces.Place]) throws {
    var end = folder[...]
    while end.count > 1, end.last == "/" { end = end.dropLast() }
    self.folder = String(end)
    names = FleetPages.names(places)
    try OutputFile.makeFolder(self.folder)
    for name in ["index.html"] + names.values.sorted() { try PageFolder.refuseForeign("\(self.folder)/\(name)") }
    try OutputFile.makeFolder("\(self.folder)/\(FleetPages.clients)")
  }

  func name(of place: FleetPlaces.Place) -> String? { names[place.path] }

  /// Writes a page of a client.
  func write(_ name: String, _ text: String) throws {
    try OutputFile.write("\(folder)/\(name)", Array(text.utf8))
  }

  /// Removes pages of clients that are told of no more: whoever reads the folder must not take them for today's.
  ///
  /// - Returns: How many.
  func removeOthers() throws -> Int {
    let kept = Set(names.values.compactMap { $0.split(separator: "/").last.map(String.init) })
    return try PageFolder.removePages(in: "\(folder)/\(FleetPages.clients)", but: kept)
  }

  /// What a client's page says that has none.
  func page(of line: FleetLine, on day: Day) -> String {
    if let remark = line.remark(on: day) {
      let head: [Block] = [.heading("\(line.name), as of \(day)"), .paragraph("Not known: \(remark).")]
      return HTMLRenderer.page(head + (line.next.map { [Block.command($0, lead: "today: ")] } ?? []), cover: .none).text
    }
    return HTMLRenderer.page(
      [
        .heading("\(line.name), as of \(day)"), .verdict(line.trouble ?? "cannot be read", .bad),
        .paragraph("There is no report of this client before that is understood."),
        .command("custody verify \(ShellWord.quoted(line.path))", lead: ""),
      ], cover: .none
    ).text
  }

  /// Names of files made of letters, digits, points, hyphens and underscores alone, whatever the folders are called: what had
  /// to be changed, and what would be alike where letters' case does not count, gets a part of its path's SHA-256.
  static func names(_ places: [FleetPlaces.Place]) -> [String: String] {
    let plain = places.map { plainName($0.name) }
    let counts = Dictionary(grouping: plain) { $0.lowercased() }.mapValues(\.count)
    var names: [String: String] = [:]
    for (place, name) in zip(places, plain) {
      let isOwn = ByteOrder.areEqual(name, place.name) && counts[name.lowercased()] == 1
      let tail = isOwn ? "" : "-\(SHA256.hash(place.path).hex.prefix(12))"
      names[place.path] = "\(clients)/\(name)\(tail).html"
    }
    return names
  }

  private static func plainName(_ name: String) -> String {
    var plain = ""
    for byte in name.utf8.prefix(60) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        plain.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: ".") where !plain.isEmpty: plain += "."
      default: plain += "-"
      }
    }
    return plain.isEmpty ? "client" : plain
  }
}
