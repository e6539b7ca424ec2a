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
  /// `<size>,<hex>,<name>` (hashdeep), and lines that begin with `#`, `;` or `%`.
  init(_ line: ArraySlice<UInt8>) {
    guard let text = String(validating: line, as: UTF8.self) else {
      self = .fault("its name is not UTF-8: rename it")
      return
    }
    let plain = HashLine.trimmed(text[...])
    if plain.isEmpty || "#;%".contains(plain[plain.startIndex]) || HashLine.isHeading(plain) {
      self = .nothing
    } else if text.hasPrefix("\\") {
      self = .fault("its name has backslashes or line breaks, and cannot stand in a store: rename it")
    } else {
      self =
        HashLine.coreutils(text) ?? HashLine.tagged(plain) ?? HashLine.table(plain) ?? HashLine.sized(plain)
        ?? .fault("it is not '<64 hexadecimal digits>  <name>'")
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
    return name.isEmpty ? nil : .file(digest, String(name))
  }

  /// `SHA256 (<name>) = <hex>` and `SHA2-256(<name>)= <hex>`.
  private static func tagged(_ text: Substring) -> HashLine? {
    guard let open = text.firstIndex(of: "("), let equals = text.lastIndex(of: "="),
      let close = text[..<equals].lastIndex(of: ")"), open < close
    else { return nil }
    let algorithm = trimmed(text[..<open])
    guard isAlgorithm(algorithm), trimmed(text[text.index(after: close)..<equals]).isEmpty else { return nil }
    guard isSHA256(algorithm) else { return .fault("it is \(algorithm), and SHA-256 is what is checked") }
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
      let word = rest.prefix { isQuoted ? $0 != "\"" : !($0.isWhitespace || $0 == "," || $0 == ";") }
      rest = rest[word.endIndex...]
      if isQuoted { rest = rest.dropFirst() }
      return word
    }
    let algorithm = word()
    guard isAlgorithm(algorithm) else { return nil }
    guard isSHA256(algorithm) else { return .fault("it is \(algorithm), and SHA-256 is what is checked") }
    guard let digest = Digest(hex: word().lowercased()) else { return nil }
    rest = rest.drop { $0.isWhitespace || $0 == "," || $0 == ";" }
    let path = rest.first == "\"" ? word() : trimmed(rest)
    return path.isEmpty ? nil : .file(digest, String(path))
  }

  /// `<size>,<hex>,<name>`, where SHA-256 is the only hash.
  private static func sized(_ text: Substring) -> HashLine? {
    let parts = text.split(separator: ",", maxSplits: 2)
    guard parts.count == 3, parts[0].allSatisfy(\.isNumber), let digest = Digest(hex: parts[1].lowercased()) else {
      return nil
    }
    return .file(digest, String(parts[2]))
  }

  /// The column names of a table, and the rule below them.
  private static func isHeading(_ text: Substring) -> Bool {
    let words = text.lowercased().split { $0.isWhitespace || $0 == "," || $0 == ";" || $0 == "\"" }
    if words.allSatisfy({ $0.allSatisfy { $0 == "-" || $0 == "=" } }) { return true }
    return words.starts(with: ["algorithm", "hash"]) || words == ["hash", "path"] || words == ["sha256", "path"]
      || words == ["sha256", "file"] || words == ["hash", "file"]
  }

  private static func other(_ digits: Int) -> HashLine {
    let name = [32: "MD5", 40: "SHA-1", 56: "SHA-224", 96: "SHA-384", 128: "SHA-512"][digits]
    return .fault(
      name.map { "it has \(digits) digits, as \($0) has, and SHA-256 is what is checked" }
        ?? "it has \(digits) hexadecimal digits, and a SHA-256 has 64")
  }

  private static func isAlgorithm(_ text: Substring) -> Bool {
    let word = text.lowercased()
    return ["md5", "sha", "blake", "rmd", "sm3", "crc"].contains { word.hasPrefix($0) }
  }

  private static func isSHA256(_ text: Substring) -> Bool {
    ["sha256", "sha-256", "sha2-256"].contains(text.lowercased())
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var rest = text.drop { $0.isWhitespace }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
