internal import CYAML

/// libyaml's parser, read event by event. <https://pyyaml.org/wiki/LibYAML>
///
/// One owner, one thread; events are deleted before the next is asked for, whose text has by then been copied.
@safe struct YAMLEvents: ~Copyable {
  /// What the document goes on with.
  enum Event {
    case documentStart, documentEnd, streamEnd
    case alias
    case scalar(String)
    case sequenceStart, mappingStart, collectionEnd
  }

  /// An event, where it begins, and what it wears that an agreement has no use for.
  struct Located {
    let event: Event
    let position: SourcePosition
    var hasAnchor = false
    var hasTag = false
  }

  // The parser holds a pointer to itself, so that it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// - Parameter bytes: UTF-8 without a byte order mark.
  /// - Returns: nil where memory ran out.
  init?(_ bytes: ArraySlice<UInt8>) {
    // libyaml reads from the buffer as it goes and keeps no copy: it must live as long as the parser.
    let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
    unsafe input.initialize(repeating: 0)
    for (index, byte) in bytes.enumerated() { unsafe input[index] = byte }
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      unsafe input.deallocate()
      return nil
    }
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe self.input = input
    unsafe self.parser = parser
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// The next event; not to be called again after one that failed, or after the stream's end.
  mutating func next() throws(YAMLSyntaxError) -> Located {
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure }
      let located = unsafe YAMLEvents.located(event)
      unsafe yaml_event_delete(&event)
      if let located { return located }
    }
  }

  /// The event in our words; nil for the stream's start, which says nothing.
  private static func located(_ event: yaml_event_t) -> Located? {
    let position = position(unsafe event.start_mark)
    switch unsafe event.type {
    case YAML_DOCUMENT_START_EVENT: return Located(event: .documentStart, position: position)
    case YAML_DOCUMENT_END_EVENT: return Located(event: .documentEnd, position: position)
    case YAML_STREAM_END_EVENT: return Located(event: .streamEnd, position: position)
    case YAML_ALIAS_EVENT: return Located(event: .alias, position: position)
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      // The text may hold zero bytes, so its length counts.
      let text = unsafe String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return Located(
        event: .scalar(text), position: position, hasAnchor: unsafe scalar.anchor != nil,
        hasTag: unsafe scalar.tag != nil)
    case YAML_SEQUENCE_START_EVENT:
      let sequence = unsafe event.data.sequence_start
      return Located(
        event: .sequenceStart, position: position, hasAnchor: unsafe sequence.anchor != nil,
        hasTag: unsafe sequence.tag != nil)
    case YAML_MAPPING_START_EVENT:
      let mapping = unsafe event.data.mapping_start
      return Located(
        event: .mappingStart, position: position, hasAnchor: unsafe mapping.anchor != nil,
        hasTag: unsafe mapping.tag != nil)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return Located(event: .collectionEnd, position: position)
    default: return nil
    }
  }

  /// What stopped the parser.
  private var failure: YAMLSyntaxError {
    let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "it cannot be read"
    if unsafe parser.pointee.error == YAML_READER_ERROR {
      return YAMLSyntaxError(place: .offset(unsafe parser.pointee.problem_offset), reason: problem)
    }
    let position = YAMLEvents.position(unsafe parser.pointee.problem_mark)
    guard let context = unsafe parser.pointee.context else {
      return YAMLSyntaxError(place: .position(position), reason: problem)
    }
    let start = YAMLEvents.position(unsafe parser.pointee.context_mark)
    let place = start.line < position.line ? " that begins in line \(start.line)" : ""
    return YAMLSyntaxError(
      place: .position(position), reason: "\(problem), \(unsafe String(cString: context))\(place)")
  }

  private static func position(_ mark: yaml_mark_t) -> SourcePosition {
    // The input's length bounds both.
    SourcePosition(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
  }
}
