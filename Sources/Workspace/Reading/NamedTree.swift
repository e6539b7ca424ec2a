internal import Findings
package import Statements
internal import TreeLog

/// A tree of the log as a user names it: by its size, by a UTC day, or by a file with a checkpoint.
package enum NamedTree: Sendable, Equatable {
  case size(Int)
  /// The tree at a day's end.
  case day(Day)
  case file(String)

  /// A number is a size, `YYYY-MM-DD` a day, and all else a file.
  package init(_ text: String) {
    if let day = Day(text) {
      self = .day(day)
    } else if let size = Int(text), size >= 0 {
      self = .size(size)
    } else {
      self = .file(text)
    }
  }
}

extension OpenedStore {
  /// The tree that is named, and the day for which it is asked about: a day's own, else that of the tree's last entry.
  ///
  /// - Parameter option: How the user says it, for messages: `--from`.
  /// - Throws: `answerNo` for a checkpoint that is not one of this log.
  package func stop(_ tree: NamedTree, option: String) throws -> Stop {
    switch tree {
    case .day(let day): return Stop(size: try sizes(atEndOf: [day]).first ?? 0, day: day)
    case .size(let size):
      guard size <= checkpoint.size else {
        throw Failure(.usage, "\(option) \(size): the log has \(Wording.entries(checkpoint.size))")
      }
      return Stop(size: size, day: try day(ofTree: size))
    case .file(let path):
      let tree = try CheckpointFile.read(named: path)
      guard ByteOrder.areEqual(tree.origin, origin) else {
        throw Failure(.usage, "\(option) \(path): that is a checkpoint of '\(tree.origin)', and this is '\(origin)'")
      }
      guard tree.size <= checkpoint.size else {
        throw Failure(
          .usage,
          "\(option) \(path): that is a tree of \(Wording.entries(tree.size)), and the log has \(checkpoint.size) here",
          hint: "this copy is older than the checkpoint: 'custody pull' brings it up to date")
      }
      guard try reader.root(at: tree.size) == tree.root else {
        throw Failure(
          .answerNo,
          "\(option) \(path): the log's first \(Wording.entries(tree.size)) are not those of that checkpoint",
          hint: "'custody checkpoint compare \(path) checkpoint' says more; keep the file")
      }
      return Stop(size: tree.size, day: try day(ofTree: tree.size))
    }
  }

  /// The UTC day of the last entry of a tree that can be read.
  private func day(ofTree size: Int) throws -> Day {
    for sequence in stride(from: size - 1, through: max(0, size - 64), by: -1) {
      var day: Day?
      try reader.entries(in: sequence..<(sequence + 1)) { _, bytes in
        day = (try? Entry(parsing: Array(bytes)))?.time.day
      }
      if let day { return day }
    }
    return try firstDay() ?? desk.clock.today
  }
}
