/// How many members a zip file's own directory claims (APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16).
///
/// A reader that goes by where members lie passes over a second one at the same place, which others unpack.
package enum ZipDirectory {
  /// The end of a directory without its comment, and the longest comment.
  private static let (endSize, commentLimit) = (22, 65_535)

  /// - Parameters:
  ///   - size: Of the whole file, in bytes.
  ///   - read: Gives so many bytes from a position on; fewer at the file's end.
  /// - Returns: nil where there is no directory that can be read.
  package static func memberCount(
    size: Int, _ read: (_ position: Int, _ count: Int) throws -> [UInt8]
  ) throws -> Int? {
    let start = max(0, size - endSize - commentLimit)
    let tail = try read(start, size - start)
    guard tail.count >= endSize else { return nil }
    for place in stride(from: tail.count - endSize, through: 0, by: -1) {
      guard tail[place...].starts(with: [0x50, 0x4b, 0x05, 0x06]),
        place + endSize + number(tail, place + 20, bytes: 2) == tail.count
      else { continue }
      let count = number(tail, place + 10, bytes: 2)
      return count < 0xffff ? count : try largeCount(tail, place, read) ?? count
    }
    return nil
  }

  /// The count of a Zip64 directory, whose place stands before the end of the other.
  private static func largeCount(
    _ tail: [UInt8], _ end: Int, _ read: (_ position: Int, _ count: Int) throws -> [UInt8]
  ) throws -> Int? {
    let locator = end - 20
    guard locator >= 0, tail[locator...].starts(with: [0x50, 0x4b, 0x06, 0x07]) else { return nil }
    let position = number(tail, locator + 8, bytes: 8)
    guard position >= 0 else { return nil }
    let record = try read(position, 56)
    guard record.count == 56, record.starts(with: [0x50, 0x4b, 0x06, 0x06]) else { return nil }
    return number(record, 32, bytes: 8)
  }

  /// Little-endian; what does not fit is negative.
  private static func number(_ bytes: [UInt8], _ place: Int, bytes count: Int) -> Int {
    let value = bytes[place..<(place + count)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: value) ?? -1
  }
}
