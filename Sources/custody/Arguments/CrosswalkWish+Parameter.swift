internal import CommandLine
internal import Workspace

extension CrosswalkWish {
  /// `--also`, for every command that submits evidence.
  static func parameter<Arguments>(into path: any WritableKeyPath<Arguments, [Word]> & Sendable) -> Parameter<Arguments>
  {
    .repeatable(
      "also", value: Word.words.joined(separator: "|"),
      help: "Take the controls of other adopted frameworks that have this to do with those named.",
      completion: .words(Word.words), into: path, parse: { try Word.parse($0) })
  }
}
