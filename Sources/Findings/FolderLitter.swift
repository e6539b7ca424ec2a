/// What systems and programs leave in a folder that somebody looked into.
package enum FolderLitter {
  private static let names: Set<String> = [
    ".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", "@eaDir", ".Spotlight-V100", ".fseventsd",
  ]

  /// Whether the last part of a path is a name of such a file.
  package static func contains(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return names.contains(name) || name.hasPrefix("._") || name.hasPrefix("~$") || name.hasSuffix("~")
      || name.hasSuffix(".swp")
  }
}
