internal import Crypto

/// The heading of a table of hashes: `Algorithm,Hash,Path`, `Path;SHA256`, or names over columns.
struct HashTable {
  /// The line that it is.
  let line: Int
  /// What stands between fields; nil for blanks.
  let separator: UInt8?
  private let hash: Int
  private let path: Int
  private let algorithm: Int?
  private let count: Int
  /// Another algorithm's name, where the hash's column bears it.
  private let other: String?

  /// So many lines may stand above it.
  private static let searched = 10

  /// The heading of a list; nil for one without.
  static func heading(_ lines: [(number: Int, text: ArraySlice<UInt8>)]) -> HashTable? {
    for (number, line) in lines.prefix(searched) {
      guard let text = String(validating: line, as: UTF8.self) else { return nil }
      let separators: [Character] = [",", ";", "\t", "|"]
      for separator in separators where text.contains(separator) {
        let fields = text.split(separator: separator, omittingEmptySubsequences: false).map(name)
        if let table = HashTable(fields, line: number, separator: separator.asciiValue) { return table }
      }
      let words = text.split(whereSeparator: \.isWhitespace).map(name)
      if let table = HashTable(words, line: number, separator: nil) { return table }
    }
    return nil
  }

  private init?(_ names: [String], line: Int, separator: UInt8?) {
    guard names.count > 1 else { return nil }
    let hashes = names.indices.filter { HashTable.isHash(names[$0]) }
    let ofSHA256 = hashes.first { HashAlgorithm.isSHA256(names[$0].prefix { $0 != " " }) }
    let others = names.indices.filter {
      HashAlgorithm.isName(names[$0].prefix { $0 != " " }) && !HashAlgorithm.isSHA256(names[$0].prefix { $0 != " " })
    }
    let paths = [
      "path", "full path", "file path", "filepath", "fullname", "full name", "file", "filename", "file name", "name",
    ]
    let path = paths.lazy.compactMap { names.firstIndex(of: $0) }.first
    guard let hash = ofSHA256 ?? hashes.first ?? others.first, let path else { return nil }
    self.line = line
    self.separator = separator
    self.hash = hash
    self.path = path
    algorithm = names.firstIndex { ["algorithm", "hash algorithm", "hashalgorithm", "algo"].contains($0) }
    count = names.count
    other = hashes.isEmpty ? others.first.map { names[$0].uppercased() } : nil
    // Blanks part columns that are words; a name has blanks itself, and so is the last of them, or the first.
    if separator == nil {
      let known = Set([hash, path, algorithm].compactMap { $0 })
      guard known.count == count, path == 0 || path == count - 1 else { return nil }
    }
  }

  private static func name(_ text: Substring) -> String {
    HashLine.trimmed(text).filter { $0 != "\"" && $0 != "\u{feff}" }.lowercased().replacing("_", with: " ")
  }

  private static func isHash(_ name: String) -> Bool {
    let first = name.prefix { $0 != " " }
    if HashAlgorithm.isSHA256(first), ["", "hash", "checksum", "digest", "sum"].contains(rest(name)) { return true }
    return [
      "hash", "hash value", "hashvalue", "checksum", "digest", "hash (sha256)", "hash (sha-256)", "sha256hash",
      "sha256sum",
      "file hash", "filehash", "hash (hex)", "sha 256",
    ].contains(name)
  }

  private static func rest(_ name: String) -> String {
    String(HashLine.trimmed(name.drop { $0 != " " }))
  }

  /// A record below it.
  func read(_ fields: [String]) -> HashLine {
    // Pages of text put hashes in backquotes.
    let plain = fields.map { String(HashLine.trimmed($0[...])).filter { $0 != "`" || separator != 0x7c } }
    if plain.allSatisfy({ $0.allSatisfy { "-=:".contains($0) } }) { return .nothing }
    if let first = plain.first, plain.dropFirst().allSatisfy(\.isEmpty), HashLine.isRemark(first[...]) {
      return .nothing
    }
    guard plain.count > max(hash, path) else {
      return .fault("it has \(plain.count) fields, and the heading names \(count)")
    }
    guard plain.count <= count || plain[count...].allSatisfy(\.isEmpty) else {
      return .fault("it has \(plain.count) fields, and the heading names \(count): put names with commas in quotes")
    }
    return file(hash: plain[hash], path: plain[path], algorithm: algorithm.map { plain.count > $0 ? plain[$0] : "" })
  }

  /// A line of columns below it; nil where its order says nothing that the line does not say itself.
  func aligned(_ line: ArraySlice<UInt8>) -> HashLine? {
    guard let text = String(validating: line, as: UTF8.self) else { return nil }
    let plain = HashLine.trimmed(text[...])
    if plain.isEmpty || plain.allSatisfy({ $0 == "-" || $0 == "=" || $0.isWhitespace }) { return .nothing }
    if HashLine.isRemark(plain) { return .nothing }
    var words: [Substring] = []
    var rest = plain
    // The columns that hold no blanks are taken off, from the side on which they stand.
    let isPathFirst = path == 0
    for _ in 1..<count {
      if isPathFirst {
        let word = Substring(String(rest.reversed().prefix { !$0.isWhitespace }.reversed()))
        rest = HashLine.trimmed(rest.dropLast(word.count))
        words.insert(word, at: 0)
      } else {
        let word = rest.prefix { !$0.isWhitespace }
        rest = HashLine.trimmed(rest.dropFirst(word.count))
        words.append(word)
      }
    }
    words.insert(rest, at: isPathFirst ? 0 : words.count)
    return read(words.map(String.init))
  }

  private func file(hash: String, path: String, algorithm: String?) -> HashLine {
    if let other { return .fault(HashAlgorithm.fault(other)) }
    if let algorithm, !algorithm.isEmpty, !HashAlgorithm.isSHA256(algorithm) {
      return .fault(HashAlgorithm.fault(algorithm))
    }
    // A program that writes fields writes them whole.
    if HashLine.isCut(hash) { return .fault(HashLine.cut("hash")) }
    if separator == nil, HashLine.isCut(path) { return .fault(HashLine.cut("path")) }
    if hash.isEmpty { return .fault("it has no hash") }
    guard hash.allSatisfy(\.isHexDigit) else { return .fault("'\(hash.prefix(80))' is no hash") }
    guard hash.count == 64, let digest = Digest(hex: hash.lowercased()) else { return HashLine.other(hash.count) }
    return path.isEmpty ? .fault("it names no file beside the hash") : .file(digest, path)
  }
}
