internal import Findings

/// The list that a person goes through before it is submitted.
package enum SuggestionList {
  /// How a list names a file: from the list's own folder where it lies below that, else by its whole path.
  ///
  /// - Parameter list: Where the list lies; nil for one that is printed, which is taken to lie in the working folder.
  package static func place(of file: String, from list: String?) -> String {
    guard let absolute = try? StoreLocation.absolute(file), let own = try? StoreLocation.absolute(list ?? "./list"),
      let slash = own.lastIndex(of: "/")
    else { return file }
    let folder = String(own[...slash])
    guard absolute.hasPrefix(folder) else { return absolute }
    let name = String(absolute.dropFirst(folder.count))
    // What a spreadsheet would take for a formula keeps its name behind a folder's.
    return name.first.map { "=+-@".contains($0) } == true ? "./" + name : name
  }
}
