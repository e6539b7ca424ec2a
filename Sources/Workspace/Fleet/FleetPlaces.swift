internal import Findings
internal import FoundationEssentials
internal import Statements
internal import Storage

/// The folders of many stores, as somebody names them: stores, folders of stores, and lists.
package struct FleetPlaces: Sendable {
  /// A folder in which a store is looked for, or the address of one.
  package struct Place: Sendable, Equatable {
    /// What tells it from the others, as short as that can be: mostly the folder's name.
    package var name: String
    /// From the root on; or the address.
    package var path: String
    /// Why nothing can be read there, where that shows beforehand.
    package var trouble: String?
  }

  /// In byte order of their names, each folder once, by whatever names it was reached.
  package let places: [Place]

  /// At most so many bytes of a list are read.
  private static let listLimit = 1 << 24

  /// - Parameters:
  ///   - folders: Stores, or folders whose direct sub-folders are stores.
  ///   - list: A file with a store's folder or address in each line; empty lines and those that begin with `#` say nothing. Its
  ///     relative paths begin where the program runs.
  /// - Throws: `inputMissing` where not a single folder is named, and what reading the list throws.
  package init(_ folders: [String], list: String?) throws {
    var found: [Place] = []
    for folder in folders { found += try FleetPlaces.expand(folder) }
    if let list { found += try FleetPlaces.read(list) }
    guard !found.isEmpty else {
      let named = Wording.list((folders + [list].compactMap { $0 }).map { "'\($0)'" }, "or")
      throw Failure(
        .inputMissing, "there is no store in \(named)",
        hint: "name a store's folder, or one whose direct sub-folders are stores")
    }
    places = FleetPlaces.named(FleetPlaces.once(found))
  }

  // MARK: Finding them

  /// A store itself, else the folders in it.
  private static func expand(_ named: String) throws -> [Place] {
    if let address = StoreAddress(named) { return [elsewhere(address)] }
    let path = try StoreLocation.absolute(named)
    guard PrivateFile.isFolder(path) else { return [Place(name: "", path: path, trouble: trouble(path))] }
    if holdsStore(path) { return [Place(name: "", path: path)] }
    let names: [(name: String, isText: Bool)]
    do {
      names = try FolderNames.list(path)
    } catch {
      return [Place(name: "", path: path, trouble: Failure(describing: error).message)]
    }
    let inner = names.compactMap { name, isText -> Place? in
      guard isText else { return Place(name: "", path: "\(path)/\(name)", trouble: "its name is not UTF-8") }
      let inner = path == "/" ? "/\(name)" : "\(path)/\(name)"
      let isFolder = PrivateFile.isFolder(inner)
      // What other programs keep for themselves is nobody's store.
      if name.hasPrefix("."), !(isFolder && holdsStore(inner)) { return nil }
      if isFolder || RegularFile.isFolderWithoutFollowing(inner) { return Place(name: "", path: inner) }
      return RegularFile.isLink(inner) && !RegularFile.leadsToFile(inner)
        ? Place(name: "", path: inner, trouble: "it is a link that leads nowhere") : nil
    }
    return inner
  }

  /// A store at an address, of which nothing is asked yet.
  private static func elsewhere(_ address: StoreAddress) -> Place {
    do {
      try address.check()
      return Place(name: "", path: address.text)
    } catch {
      return Place(name: "", path: address.text, trouble: Failure(describing: error).message)
    }
  }

  /// Whether there is anything of a store in a folder: one that lost a part is still to be told of.
  private static func holdsStore(_ path: String) -> Bool {
    let layout = StoreLayout(root: path)
    return [layout.configuration, layout.checkpoint, layout.tiles].contains {
      FileManager.default.fileExists(atPath: $0)
    }
  }

  private static func trouble(_ path: String) -> String {
    if RegularFile.isFolderWithoutFollowing(path) { return "the folder may not be opened by you" }
    if RegularFile.isLink(path), !RegularFile.leadsToFile(path) { return "it is a link that leads nowhere" }
    return FileManager.default.fileExists(atPath: path) ? "it is not a folder" : "there is nothing at this path"
  }

  private static func read(_ list: String) throws -> [Place] {
    let bytes = try InputFile.read(list, limit: listLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.malformedInput, "the list '\(list)' is not UTF-8", hint: "write a folder in each line")
    }
    return try text.split(whereSeparator: \.isNewline).compactMap { line in
      let path = line.trimmingPrefix { $0 == " " || $0 == "\t" }
      guard !path.isEmpty, path.first != "#" else { return nil }
      var end = String(path)
      while end.last == " " || end.last == "\t" { end.removeLast() }
      if let address = StoreAddress(end) { return elsewhere(address) }
      let place = try StoreLocation.absolute(end)
      return Place(name: "", path: place, trouble: PrivateFile.isFolder(place) ? nil : trouble(place))
    }
  }

  // MARK: Naming them

  /// Each folder once: links and repeated words lead to one and the same.
  private static func once(_ found: [Place]) -> [Place] {
    var seen: Set<String> = []
    return found.filter { place in seen.insert(RegularFile.identity(place.path) ?? place.path).inserted }
  }

  /// As many of the last segments as tell each from the others.
  private static func named(_ places: [Place]) -> [Place] {
    // What follows a question mark says how an address is reached, and not what is there.
    let segments = places.map { place in
      let path = StoreAddress(place.path) == nil ? place.path[...] : place.path.prefix { $0 != "?" }
      return path.split(separator: "/", omittingEmptySubsequences: true)
    }
    var lengths = places.map { _ in 1 }
    func name(_ index: Int) -> String {
      let own = segments[index]
      return own.isEmpty ? "/" : own.suffix(lengths[index]).joined(separator: "/")
    }
    while true {
      let alike = Dictionary(grouping: places.indices) { name($0) }.values.filter { $0.count > 1 }.flatMap { $0 }
      let longer = alike.filter { lengths[$0] < segments[$0].count }
      guard !longer.isEmpty else { break }
      for index in longer { lengths[index] += 1 }
    }
    return places.indices.map { index in
      var place = places[index]
      place.name = name(index)
      return place
    }.sorted { ByteOrder.precedes($0.name, $1.name) }
  }
}
