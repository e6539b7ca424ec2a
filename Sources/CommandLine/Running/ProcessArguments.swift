internal import CProcess
internal import Findings

/// The words that the process was started with.
package enum ProcessArguments {
  /// Those after the program's own name.
  ///
  /// - Throws: `usage` where one is not UTF-8: with other bytes put in their place it would name another file.
  package static func words() throws -> [String] {
    var count: Int32 = 0
    let start = unsafe process_arguments(&count)
    return try (1..<max(1, Int(count))).compactMap { index in
      guard let word = unsafe start?[index] else { return nil }
      return try unsafe text(UnsafeRawBufferPointer(start: word, count: cStringLength(word)), number: index)
    }
  }

  /// A word's text.
  ///
  /// - Parameter number: Which word it is; the program's own name is word 0.
  static func text(_ bytes: UnsafeRawBufferPointer, number: Int) throws -> String {
    if let text = unsafe String(validating: bytes, as: UTF8.self) { return text }
    throw Failure(
      .usage, unsafe "argument \(number) is not UTF-8: '\(ByteText.visible(bytes))'",
      hint: "rename the file, or name the folder that it lies in")
  }

  private static func cStringLength(_ start: UnsafePointer<CChar>) -> Int {
    var length = 0
    while unsafe start[length] != 0 { length += 1 }
    return length
  }
}
