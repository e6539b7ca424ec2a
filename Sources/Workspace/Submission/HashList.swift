internal import Spreadsheets
internal import Crypto

/// A list of hashes as a whole: what ends its lines, what its heading says its columns are, and what stands in several
/// lines.
struct HashList {
  struct Entry: Equatable {
    let line: Int
    let digest: Digest
    /// As it is written.
    let name: String
  }

  private(set) var entries: [Entry] = []
  /// Whether it is a table with blanks between its columns, as the CMMC artifact hashing tool writes its log.
  private(set) var isAligned = false
  /// What is wrong, by line.
  private(set) var faults: [(line: Int, reason: String)] = []

  /// - Parameter bytes: UTF-8 or UTF-16; lines end in LF, CRLF, CR, or each in a zero byte (`sha256sum -z`).
  init(_ bytes: [UInt8]) {
    let text = TextEncoding.utf8(bytes)
    let lines = HashList.lines(text)
    if let columns = HashdeepColumns(lines) {
      for (number, line) in lines { read(HashdeepColumns.isHeader(line) ? .nothing : columns.read(line), number) }
      return
    }
    if let heading = HashTable.heading(lines) {
      read(heading, lines)
      return
    }
    var blocks = HashBlocks()
    for (number, line) in lines {
      if let (place, read) = blocks.take(line, number) {
        self.read(read, place)
      } else {
        read(HashLine(line), number)
      }
    }
    if let (place, rest) = blocks.end() { read(rest, place) }
  }

  private mutating func read(_ read: HashLine, _ number: Int) {
    switch read {
    case .nothing: break
    case .file(_, let name) where name.isEmpty: faults.append((number, "it names no file"))
    case .file(let digest, let name): entries.append(Entry(line: number, digest: digest, name: name))
    case .fault(let reason): faults.append((number, reason))
    }
  }

  /// A table whose columns have names, in any order.
  private mutating func read(_ heading: HashTable, _ lines: [(number: Int, text: ArraySlice<UInt8>)]) {
    let below = lines.drop { $0.number <= heading.line }
    guard let separator = heading.separator else {
      isAligned = true
      for (number, line) in below { read(heading.aligned(line) ?? HashLine(line), number) }
      return
    }
    // Names in quotes may go over several lines.
    let rest = Array(below.map(\.text).joined(separator: [0x0a]))
    let read = CSVRecords(rest, separator: separator, firstLine: heading.line + 1)
    for record in read.records { self.read(heading.read(record.fields), record.line) }
    faults += read.faults
  }

  private static func lines(_ bytes: [UInt8]) -> [(number: Int, text: ArraySlice<UInt8>)] {
    // A zero byte stands in no name, so that it is what ends them.
    let pieces: [ArraySlice<UInt8>]
    if bytes.contains(0) {
      pieces = bytes.split(separator: 0, omittingEmptySubsequences: false)
    } else {
      pieces = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).flatMap { line in
        let ended = line.last == 0x0d ? line.dropLast() : line
        return ended.split(separator: 0x0d, omittingEmptySubsequences: false)
      }
    }
    return pieces.enumerated().map { ($0.offset + 1, $0.element) }
  }
}

/// The columns of a list that hashdeep wrote: `%%%% size,md5,sha256,filename`. Names in it are not quoted.
private struct HashdeepColumns {
  private let names: [String]

  init?(_ lines: [(number: Int, text: ArraySlice<UInt8>)]) {
    let headers = lines.prefix(20).filter { HashdeepColumns.isHeader($0.text) }
    let columns = headers.map { String(decoding: $0.text.dropFirst(4), as: UTF8.self).lowercased() }
      .map { $0.split { $0 == "," || $0.isWhitespace }.map(String.init) }
    guard let names = columns.first(where: { $0.first == "size" && $0.last == "filename" }) else { return nil }
    self.names = names
  }

  static func isHeader(_ line: ArraySlice<UInt8>) -> Bool { line.starts(with: Array("%%%%".utf8)) }

  func read(_ line: ArraySlice<UInt8>) -> HashLine {
    guard let text = String(validating: line, as: UTF8.self) else {
      return .fault("its name is not UTF-8: rename it")
    }
    let plain = HashLine.trimmed(text[...])
    if plain.isEmpty || plain.first == "#" { return .nothing }
    guard let place = names.firstIndex(of: "sha256") else {
      return .fault("hashdeep was not asked for SHA-256, which is what is checked: write the list with -c sha256")
    }
    let fields = plain.split(separator: ",", maxSplits: names.count - 1, omittingEmptySubsequences: false)
    guard fields.count == names.count, let name = fields.last, !name.isEmpty,
      let digest = Digest(hex: fields[place].lowercased())
    else { return .fault("it is not '\(names.joined(separator: ","))', as the list's heading says") }
    return .file(digest, String(name))
  }
}
