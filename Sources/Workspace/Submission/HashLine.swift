internal import Crypto

/// One line of a list of hashes, in the forms in which tools write them.
enum HashLine: Equatable {
  /// A file, and what it has to hash to.
  case file(Digest, String)
  /// A comment, a heading, a rule, or nothing.
  case nothing
  /// What is wrong with it.
  case fault(String)

  /// Reads one line.
  ///
  /// Understood are `<hex>  <name>` (GNU), `<hex> *<name>` (binary mode), `SHA256 (<name>) = <hex>` (BSD, `--tag`),
  /// `SHA2-256(<name>)= <hex>` (OpenSSL), `SHA256  <HEX>  <path>` (PowerShell's table, the CMMC artifact hashing tool),
  /// `<size>,<hex>,<name>` (hashdeep), `<size>  <hex>  <name>` (sha256deep -z), `<name>: <hex>`, `<name> = <hex>`,
  /// `<hex>,<name>` and `<name>,<hex>`, and lines that begin with `#`, `;`, `%`, `//`, `::` or `REM`.
  init(_ line: ArraySlice<UInt8>) {
    guard let text = String(validating: line, as: UTF8.self) else {
      self = .fault("its name is not UTF-8: rename it")
      return
    }
    let plain = HashLine.trimmed(text[...])
    if HashLine.isRemark(plain) || HashLine.isHeading(plain) {
      self = .nothing
    } else if text.hasPrefix("\\") {
      self = HashLine.escaped(text)
    } else {
      self = HashLine.plain(text)
    }
  }

  private static func plain(_ text: String) -> HashLine {
    let plain = trimmed(text[...])
    return coreutils(text) ?? tagged(plain) ?? table(plain) ?? sized(plain) ?? leading(plain) ?? trailing(plain)
      ?? .fault("it is not '<64 hexadecimal digits>  <name>'")
  }

  /// `\<hex>  <name>`: a backslash in front says that backslashes and line breaks in the name are written `\\` and `\n`.
  private static func escaped(_ text: String) -> HashLine {
    let fault = HashLine.fault("its name has backslashes or line breaks, and cannot stand in a store: rename it")
    switch plain(String(text.dropFirst())) {
    case .nothing: return fault
    case .fault(let reason): return .fault(reason)
    case .file(let digest, let written):
      // What is a backslash may be a path of Windows; line breaks are none.
      guard written.contains("\\\\"), written.split(separator: "\\\\").allSatisfy({ !$0.contains("\\") }) else {
        return fault
      }
      return .file(digest, written.replacing("\\\\", with: "\\"))
    }
  }

  /// `<hex>  <name>`: two characters between, so that names may begin with spaces; tabs where somebody edited it.
  private static func coreutils(_ text: String) -> HashLine? {
    let digits = text.prefix { $0.isHexDigit }
    let rest = text[digits.endIndex...]
    guard let first = rest.first, first == " " || first == "\t", digits.count >= 32 else { return nil }
    guard digits.count == 64 else { return other(digits.count) }
    guard let digest = Digest(hex: digits.lowercased()) else { return nil }
    var name = rest.dropFirst()
    if first == " ", name.first == " " || name.first == "*" {
      name = name.dropFirst()
    } else {
      name = trimmed(name)
    }
    return name.allSatisfy(\.isWhitespace) ? nil : .file(digest, String(name))
  }

  /// `SHA256 (<name>) = <hex>` and `SHA2-256(<name>)= <hex>`.
  private static func tagged(_ text: Substring) -> HashLine? {
    guard let open = text.firstIndex(of: "("), let equals = text.lastIndex(of: "="),
      let close = text[..<equals].lastIndex(of: ")"), open < close
    else { return nil }
    let algorithm = trimmed(text[..<open])
    guard HashAlgorithm.isName(algorithm), trimmed(text[text.index(after: close)..<equals]).isEmpty else { return nil }
    guard HashAlgorithm.isSHA256(algorithm) else { return .fault(HashAlgorithm.fault(String(algorithm))) }
    guard let digest = Digest(hex: trimmed(text[text.index(after: equals)...]).lowercased()) else { return nil }
    return .file(digest, String(text[text.index(after: open)..<close]))
  }

  /// `SHA256  <HEX>  <path>`, with spaces, tabs or commas between, and perhaps quotes around each.
  private static func table(_ text: Substring) -> HashLine? {
    var rest = text
    func word() -> Substring {
      rest = rest.drop { $0.isWhitespace || $0 == "," || $0 == ";" }
      let isQuoted = rest.first == "\""
      if isQuoted { rest = rest.dropFirst() }
      let word = rest.prefix { isQuoted ? $0 != "\"" : !($0.isWhitespace || ",;:".contains($0)) }
      rest = rest[word.endIndex...]
      if isQuoted { rest = rest.dropFirst() }
      return word
    }
    let algorithm = word()
    guard HashAlgorithm.isName(algorithm) else { return nil }
    // `sha256:<hex>  <name>`, as registries of containers write digests.
    if rest.first == ":" { rest = rest.dropFirst() }
    let hash = word()
    guard !hash.isEmpty, hash.allSatisfy({ $0.isHexDigit || $0 == "." || $0 == "…" }) else { return nil }
    guard HashAlgorithm.isSHA256(algorithm) else { return .fault(HashAlgorithm.fault(String(algorithm))) }
    guard !isCut(hash) else { return .fault(cut("hash")) }
    guard let digest = Digest(hex: hash.lowercased()) else { return nil }
    rest = rest.drop { $0.isWhitespace || $0 == "," || $0 == ";" }
    let path = rest.first == "\"" ? word() : trimmed(rest)
    guard !path.isEmpty else { return .fault("it names no file beside the hash") }
    return isCut(path) ? .fault(cut("path")) : .file(digest, String(path))
  }

  /// `<size>,<hex>,<name>` and `<size>  <hex>  <name>`, where SHA-256 is the only hash.
  private static func sized(_ text: Substring) -> HashLine? {
    let byComma = text.split(separator: ",", maxSplits: 2)
    let parts =
      byComma.count == 3 ? byComma : text.split(maxSplits: 2, whereSeparator: \.isWhitespace)
    guard parts.count == 3, parts[0].count < 20, parts[0].allSatisfy(\.isNumber),
      let digest = Digest(hex: parts[1].lowercased())
    else { return nil }
    return .file(digest, String(trimmed(parts[2])))
  }

  /// `<hex>,<name>`, `<hex>: <name>` and the like, with quotes or without.
  private static func leading(_ text: Substring) -> HashLine? {
    let bare = text.drop { $0 == "\"" }
    let digits = bare.prefix { $0.isHexDigit }
    guard digits.count >= 32 else { return nil }
    let rest = trimmed(bare[digits.endIndex...].drop { $0 == "\"" })
    guard let separator = rest.first, HashLine.separators.contains(separator) else {
      return rest.isEmpty && digits.count == 64 ? .fault("it names no file beside the hash") : nil
    }
    guard digits.count == 64 else { return other(digits.count) }
    let name = unquoted(trimmed(rest.dropFirst()))
    guard !name.isEmpty, let digest = Digest(hex: digits.lowercased()) else { return nil }
    return .file(digest, name)
  }

  /// `<name>: <hex>`, `<name> = <hex>`, `<name>,<hex>`, and a name and a hash with blanks between.
  private static func trailing(_ text: Substring) -> HashLine? {
    var bare = text
    if bare.last == "\"" { bare = bare.dropLast() }
    let digits = Substring(String(bare.reversed().prefix { $0.isHexDigit }.reversed()))
    guard digits.count >= 32, digits.count < bare.count else { return nil }
    var name = bare.dropLast(digits.count)
    if text.last == "\"", name.last == "\"" { name = name.dropLast() }
    guard let last = name.last, last.isWhitespace || HashLine.separators.contains(last) else { return nil }
    guard digits.count == 64 else { return other(digits.count) }
    name = trimmed(name)
    if let last = name.last, HashLine.separators.contains(last) { name = trimmed(name.dropLast()) }
    guard !name.isEmpty, let digest = Digest(hex: digits.lowercased()) else { return nil }
    if HashAlgorithm.isName(name) || ["hash", "checksum", "digest"].contains(name.lowercased()) {
      return .fault("it names no file beside the hash")
    }
    return .file(digest, unquoted(name))
  }

  private static let separators: Set<Character> = [":", "=", ",", ";", "|", "\t"]

  /// A field of a table without the quotes around it, and those in it single.
  private static func unquoted(_ text: Substring) -> String {
    guard text.count >= 2, text.first == "\"", text.last == "\"" else { return String(text) }
    return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }

  /// PowerShell cuts what is wider than its window.
  static func isCut(_ text: some StringProtocol) -> Bool { text.hasSuffix("...") || text.hasSuffix("…") }

  static func cut(_ what: String) -> String {
    "its \(what) was cut short by PowerShell: write the list again with '| Export-Csv LIST -NoTypeInformation'"
  }

  /// What people and scripts put between the lines.
  static func isRemark(_ plain: Substring) -> Bool {
    guard let first = plain.first else { return true }
    if "#;%".contains(first) || plain.hasPrefix("::") { return true }
    // `//server/share` is a path.
    if plain.hasPrefix("//") { return plain.dropFirst(2).first.map { $0.isWhitespace || $0 == "/" } ?? true }
    return plain.lowercased() == "rem" || plain.lowercased().hasPrefix("rem ")
  }

  /// The column names of a table, and the rule below them.
  private static func isHeading(_ text: Substring) -> Bool {
    let words = text.lowercased().split { $0.isWhitespace || $0 == "," || $0 == ";" || $0 == "\"" }
    if words.allSatisfy({ $0.allSatisfy { $0 == "-" || $0 == "=" } }) { return true }
    return words.starts(with: ["algorithm", "hash"]) || words == ["hash", "path"] || words == ["sha256", "path"]
      || words == ["sha256", "file"] || words == ["hash", "file"]
  }

  /// What is told of a hash by the number of its digits.
  static func other(_ digits: Int) -> HashLine {
    let name = [32: "MD5", 40: "SHA-1", 56: "SHA-224", 96: "SHA-384", 128: "SHA-512"][digits]
    return .fault(
      name.map { "it has \(digits) digits, as \($0) has, and SHA-256 is what is checked: make the list with that" }
        ?? "it has \(digits) hexadecimal digits, and a SHA-256 has 64")
  }

  static func trimmed(_ text: Substring) -> Substring {
    var rest = text.drop { $0.isWhitespace }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}

/// What tools call their hashes.
enum HashAlgorithm {
  static func isName(_ text: some StringProtocol) -> Bool {
    let word = text.lowercased()
    let names = ["md2", "md4", "md5", "sha", "blake", "rmd", "ripemd", "sm3", "crc", "whirlpool", "tiger", "keccak"]
    // `sha256.txt` is a file.
    return names.contains { word.hasPrefix($0) } && word.allSatisfy { $0.isLetter || $0.isNumber || "-_/".contains($0) }
      && word.count <= 16 && (word.contains(where: \.isNumber) || ["whirlpool", "tiger", "sha"].contains(word))
  }

  static func isSHA256(_ text: some StringProtocol) -> Bool {
    ["sha256", "sha-256", "sha2-256", "sha_256", "sha2_256"].contains(text.lowercased())
  }

  static func fault(_ name: String) -> String {
    "it is \(name), and SHA-256 is what is checked: make the list with that"
  }
}
