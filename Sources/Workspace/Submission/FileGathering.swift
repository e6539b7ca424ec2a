internal import Findings
package import Glibc
internal import Statements
internal import Storage

/// Finds the files that are meant: those named, and in folders every regular file.
///
/// Links, pipes and sockets in folders are skipped, and so are the store and the user's keys should they lie there: each
/// is named. What has a name that no statement can hold is a fault.
package struct FileGathering {
  /// A file or folder, whatever path leads to it.
  package struct Identity: Hashable {
    package let device: UInt64
    package let inode: UInt64

    package init(_ status: stat) {
      device = UInt64(status.st_dev)
      inode = UInt64(status.st_ino)
    }

    /// nil where there is nothing.
    package init?(path: String) {
      var status = stat()
      guard unsafe fstatat(AT_FDCWD, path, &status, 0) == 0 else { return nil }
      self.init(status)
    }
  }

  package private(set) var files: [ArtifactSource] = []
  /// What was left out, and why.
  package var skipped: [String] {
    passedOver
      + exclusions.map {
        "\(Wording.count($0.count, "file or folder", "files or folders")) called '\(FileGathering.visible($0.pattern))'"
      }
  }
  /// Patterns that were given, and by which nothing was left out.
  package var idlePatterns: [String] { excluded.filter { given in !exclusions.contains { $0.pattern == given } } }
  private var passedOver: [String] = []
  /// Names that cannot stand in a store.
  package private(set) var badNames: [String] = []
  /// Folders never taken in, and what they are.
  private let kept: [Identity: String]
  /// Patterns of names that are left out of folders.
  private let excluded: [String]
  /// How many files were left out by each of them, in the order in which they turned up.
  private var exclusions: [(pattern: String, count: Int)] = []

  /// What systems and office programs leave in folders beside what people put there.
  private static let litter = [
    ".DS_Store", "._*", ".Spotlight-V100", ".Trashes", ".fseventsd", "Thumbs.db", "ehthumbs.db", "desktop.ini", "~$*",
    ".~lock.*#", "$RECYCLE.BIN", "System Volume Information", "@eaDir", "__MACOSX", "Icon\r", ".git", ".svn", ".hg",
  ]

  private static let depthLimit = 200

  /// - Parameters:
  ///   - place: Whose store and keys are to be left alone.
  ///   - excluded: Patterns of names, as a shell has them, of what is left out of folders.
  package init(_ place: SigningPlace, excluding excluded: [String] = []) {
    self.init(home: place.desk.home, store: place.store, excluding: excluded)
  }

  /// - Parameters:
  ///   - home: Where keys lie, which are to be left alone.
  ///   - store: The same for a store; nil far from it.
  init(home: Home, store: OpenedStore?, excluding excluded: [String]) {
    self.excluded = excluded
    var kept: [Identity: String] = [:]
    if let identity = Identity(path: home.path) { kept[identity] = "your keys" }
    if let root = store?.layout.root, let identity = Identity(path: root) {
      kept[identity] = "the store itself"
    }
    self.kept = kept
  }

  /// Takes in what a user named.
  ///
  /// - Parameter name: What a file is to be called, or a folder's files are to be called below; by default its own name.
  package mutating func add(_ path: String, name: String? = nil) throws {
    var status = stat()
    guard unsafe fstatat(AT_FDCWD, path, &status, 0) == 0 else {
      let number = errno
      guard number == ENOENT || number == ENOTDIR else { throw FileGathering.failure("look at", path, number) }
      if let other = EquivalentName.onDisk(path), !other.utf8.elementsEqual(path.utf8) {
        return try add(other, name: name ?? FileGathering.ownName(path))
      }
      throw Failure(.inputMissing, "there is no file '\(path)'")
    }
    let name = try name ?? FileGathering.ownName(path)
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      if let what = kept[Identity(status)] {
        throw Failure(.usage, "'\(path)' is \(what), which is not evidence", hint: "name the files that are meant")
      }
      try walk(path, name: name, depth: 0)
    case S_IFREG: add(file: path, name: name)
    default:
      throw Failure(
        .malformedInput, "'\(path)' is neither a file nor a folder", hint: "pipe it in and name it '-'")
    }
  }

  /// Refuses names that cannot be, and names that several files have.
  package func check() throws {
    if !badNames.isEmpty {
      throw Failure(
        .malformedInput,
        "\(FileGathering.some(badNames.map { "'\(FileGathering.visible($0))'" })): such a name cannot stand in a store",
        hint: "rename it: names are UTF-8, without backslashes and control characters")
    }
    try FileGathering.checkClashes(files)
  }

  /// Refuses several files of one name in one statement.
  package static func checkClashes(_ files: [ArtifactSource]) throws {
    var seen: [[UInt8]: ArtifactSource] = [:]
    for file in files {
      guard let other = seen.updateValue(file, forKey: Array(file.name.utf8)) else { continue }
      let same = other.origin == file.origin
      throw Failure(
        .usage,
        same ? "\(file.title) is given twice" : "\(other.title) and \(file.title) would both be called '\(file.name)'",
        hint: same ? nil : "name the folder that holds both, submit them one by one, or rename one")
    }
  }

  /// A few of many, in a sentence.
  package static func some(_ items: [String], limit: Int = 5) -> String {
    items.count <= limit
      ? Wording.list(items) : items.prefix(limit).joined(separator: ", ") + " and \(items.count - limit) more"
  }

  /// A name whose control characters are written out, so that a sentence with it stays one line.
  private static func visible(_ name: String) -> String {
    name.unicodeScalars.reduce(into: "") { text, scalar in
      text += scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
    }
  }

  private static func ownName(_ path: String) throws -> String {
    String(try StoreLocation.absolute(path).split(separator: "/").last ?? "")
  }

  private mutating func add(file path: String, name: String) {
    if Manifest.isValidName(name) {
      files.append(ArtifactSource(origin: .file(path), name: name))
    } else {
      badNames.append(name)
    }
  }

  private mutating func walk(_ folder: String, name: String, depth: Int) throws {
    guard depth < FileGathering.depthLimit else {
      throw Failure(.malformedInput, "'\(folder)' lies deeper than \(FileGathering.depthLimit) folders")
    }
    for (raw, isFile) in try FileGathering.list(folder) {
      guard let own = String(validating: raw, as: UTF8.self) else {
        badNames.append("\(name.isEmpty ? folder : name)/\(ByteText.visible(raw))")
        continue
      }
      let path = folder.last == "/" ? folder + own : "\(folder)/\(own)"
      if let pattern = pattern(excluding: own, at: name.isEmpty ? own : "\(name)/\(own)") {
        let known = exclusions.firstIndex { $0.pattern == pattern }
        if let known { exclusions[known].count += 1 } else { exclusions.append((pattern, 1)) }
        continue
      }
      let inner = name.isEmpty ? own : "\(name)/\(own)"
      if isFile {
        add(file: path, name: inner)
        continue
      }
      var status = stat()
      guard unsafe lstat(path, &status) == 0 else { throw FileGathering.failure("look at", path, errno) }
      switch status.st_mode & S_IFMT {
      case S_IFREG: add(file: path, name: inner)
      case S_IFDIR:
        if let what = kept[Identity(status)] {
          passedOver.append("'\(path)', which is \(what)")
        } else {
          try walk(path, name: inner, depth: depth + 1)
        }
      case S_IFLNK: passedOver.append("the symbolic link '\(path)'")
      case S_IFIFO: passedOver.append("the pipe '\(path)'")
      case S_IFSOCK: passedOver.append("the socket '\(path)'")
      default: passedOver.append("the device '\(path)'")
      }
    }
  }

  /// The pattern by which something is left out of a folder: one for its own name, or, with a slash, for its path.
  private func pattern(excluding own: String, at path: String) -> String? {
    (FileGathering.litter + excluded).first { pattern in
      guard pattern.contains("/") else { return unsafe fnmatch(pattern, own, 0) == 0 }
      // From where one stands, and from the folder that was given.
      let inside = path.drop { $0 != "/" }.dropFirst()
      if pattern.hasPrefix("**/"), unsafe fnmatch(String(pattern.dropFirst(3)), own, 0) == 0 { return true }
      return [path, String(inside)].contains { (text: String) in unsafe fnmatch(pattern, text, FNM_PATHNAME) == 0 }
    }
  }

  /// The names in a folder that are UTF-8, in byte order.
  static func names(in folder: String) throws -> [String] {
    try list(folder).compactMap { String(validating: $0.name, as: UTF8.self) }
  }

  /// The names in a folder, in byte order, and whether the folder itself says that a regular file lies there.
  static func list(_ path: String) throws -> [(name: [UInt8], isFile: Bool)] {
    guard let stream = unsafe opendir(path) else { throw failure("list", path, errno) }
    defer { unsafe closedir(stream) }
    var names: [(name: [UInt8], isFile: Bool)] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard errno == 0 else { throw failure("list", path, errno) }
        break
      }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        let start = unsafe UnsafeRawPointer(pointer)
        return unsafe Array(
          UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self))))
      }
      if name != [0x2e], name != [0x2e, 0x2e] { names.append((name, unsafe Int(entry.pointee.d_type) == Int(DT_REG))) }
    }
    return names.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  private static func failure(_ verb: String, _ path: String, _ number: Int32) -> Failure {
    let reason = unsafe String(cString: strerror(number)).lowercased()
    return Failure(.ioError, "cannot \(verb) '\(path)': \(reason)")
  }
}
