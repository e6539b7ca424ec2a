internal import Crypto

/// What tells of one file in several lines: `Get-FileHash | Format-List`, and `certutil -hashfile`.
///
///     Algorithm : SHA256
///     Hash      : 5F1D…
///     Path      : C:\Audit\door.txt
///
///     SHA256 hash of C:\Audit\door.txt:
///     5f1d…
///     CertUtil: -hashfile command completed successfully.
struct HashBlocks {
  private struct Block {
    let line: Int
    var fields: [String: String] = [:]
    var isWrapped = false
  }

  private var block: Block?
  /// What certutil's heading says, and where: the hash stands in the next line.
  private var heading: (line: Int, algorithm: String, name: String)?

  /// - Returns: What the line amounts to, and the number of the line that it is about; nil where it is no part of such a block.
  mutating func take(_ line: ArraySlice<UInt8>, _ number: Int) -> (Int, HashLine)? {
    guard let text = String(validating: line, as: UTF8.self) else { return nil }
    let plain = HashLine.trimmed(text[...])
    if let heading {
      if plain.isEmpty { return (number, .nothing) }
      self.heading = nil
      return (heading.line, HashBlocks.hash(plain, heading.algorithm, heading.name))
    }
    if let heading = HashBlocks.heading(plain) {
      self.heading = (number, heading.algorithm, heading.name)
      return (number, .nothing)
    }
    if plain.lowercased().hasPrefix("certutil:") {
      return (number, HashBlocks.isSuccess(plain) ? .nothing : .fault("certutil failed: '\(plain.prefix(100))'"))
    }
    if let (key, value) = HashBlocks.field(plain) {
      // A key that was there begins the next.
      let ended = block.flatMap { $0.fields[key] == nil ? nil : $0 }.map { ($0.line, HashBlocks.file($0)) }
      if ended != nil || block == nil { block = Block(line: number) }
      block?.fields[key] = value
      return ended ?? (number, .nothing)
    }
    guard let open = block else { return nil }
    if plain.isEmpty {
      block = nil
      return (open.line, HashBlocks.file(open))
    }
    // What goes on in the next line is set in; whether with a blank between, nobody knows.
    guard text.first?.isWhitespace == true else { return nil }
    block?.isWrapped = true
    return (number, .nothing)
  }

  /// What is open at the end of the list.
  mutating func end() -> (Int, HashLine)? {
    if let heading { return (heading.line, .fault("the hash of '\(heading.name)' is missing below")) }
    return block.map { ($0.line, HashBlocks.file($0)) }
  }

  // MARK: PowerShell

  private static func field(_ text: Substring) -> (String, String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let key = HashLine.trimmed(text[..<colon]).lowercased()
    let after = text.index(after: colon)
    guard ["algorithm", "hash", "path"].contains(key), after == text.endIndex || text[after].isWhitespace else {
      return nil
    }
    return (key, String(HashLine.trimmed(text[after...])))
  }

  private static func file(_ block: Block) -> HashLine {
    if let algorithm = block.fields["algorithm"], !HashAlgorithm.isSHA256(algorithm) {
      return .fault(HashAlgorithm.fault(algorithm))
    }
    guard let hash = block.fields["hash"] else { return .fault("a block without 'Hash :'") }
    guard let path = block.fields["path"], !path.isEmpty else { return .fault("a block without 'Path :'") }
    if block.isWrapped {
      return .fault(
        "PowerShell broke its path over two lines: write the list again with '| Export-Csv LIST -NoTypeInformation'")
    }
    if HashLine.isCut(path) { return .fault(HashLine.cut("path")) }
    return HashBlocks.hash(hash[...], "SHA256", path)
  }

  // MARK: certutil

  /// What stands around the name in the languages of Windows: `SHA256 hash of file x:`, `SHA256-Hash von x:`.
  private static func heading(_ text: Substring) -> (algorithm: String, name: String)? {
    guard text.hasSuffix(":") else { return nil }
    let algorithm = text.prefix { $0.isLetter || $0.isNumber }
    guard HashAlgorithm.isName(algorithm) else { return nil }
    var name = text.dropFirst(algorithm.count).dropLast()
    let words = [" hash of file ", " hash of ", "-Hash von Datei ", "-Hash von ", " hash del archivo ", " hash de "]
    guard let word = words.first(where: { name.lowercased().hasPrefix($0.lowercased()) }) else { return nil }
    name = HashLine.trimmed(name.dropFirst(word.count))
    return name.isEmpty ? nil : (String(algorithm), String(name))
  }

  private static func isSuccess(_ text: Substring) -> Bool {
    let plain = text.lowercased()
    return !["error", "fail", "0x", "fehler"].contains { plain.contains($0) }
  }

  /// Older ones put blanks between the bytes.
  private static func hash(_ text: Substring, _ algorithm: String, _ name: String) -> HashLine {
    guard HashAlgorithm.isSHA256(algorithm) else { return .fault(HashAlgorithm.fault(algorithm)) }
    let digits = text.filter { !$0.isWhitespace }
    if HashLine.isCut(digits) { return .fault(HashLine.cut("hash")) }
    guard digits.allSatisfy(\.isHexDigit), !digits.isEmpty else {
      return .fault("'\(text.prefix(80))' is no hash of '\(name)'")
    }
    guard digits.count == 64, let digest = Digest(hex: digits.lowercased()) else { return HashLine.other(digits.count) }
    return .file(digest, name)
  }
}
