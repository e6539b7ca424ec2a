/// Builds the tree of one YAML document out of the parser's events, within bounds.
///
/// Anchors, aliases, tags, duplicate keys and further documents are faults: each gives one text two readings.
struct YAMLTree {
  /// The longest document, in bytes.
  static let sizeLimit = 1 << 20
  /// How deep lists and mappings may lie in each other.
  static let depthLimit = 32

  /// A list or mapping that is not complete yet.
  private struct Open {
    enum Content {
      case sequence([YAMLNode])
      case mapping([YAMLPair], keys: Set<[UInt8]>, pending: (key: String, position: SourcePosition)?)
      /// Stands where a key should: its inside is read and dropped.
      case dropped(isKey: Bool)
    }

    let position: SourcePosition
    var content: Content
    /// Whether the next node is the value of a key that was refused.
    var skipsValue = false
  }

  private var stack: [Open] = []
  private var root: YAMLNode?
  private var faults: [Diagnostic] = []

  /// The document's tree, and every fault that did not keep it from being built.
  ///
  /// - Returns: A tree of nil where there is nothing to go on with.
  static func read(_ bytes: [UInt8]) -> (root: YAMLNode?, faults: [Diagnostic]) {
    guard bytes.count <= sizeLimit else {
      let message = "the document has \(bytes.count) bytes, and no more than \(sizeLimit) are read"
      return (nil, [Diagnostic(.unknown, message)])
    }
    if let offset = UTF8Fault.firstOffset(in: bytes) {
      return (nil, [Diagnostic(position(ofByte: offset, in: bytes), "this is not UTF-8: save the file as UTF-8")])
    }
    // A byte order mark says nothing about UTF-8, and would shift the first line's columns.
    let content = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
    guard var events = YAMLEvents(content) else {
      return (nil, [Diagnostic(.unknown, "there is not enough memory to read the document")])
    }
    var tree = YAMLTree()
    do throws(YAMLSyntaxError) {
      while try tree.take(events.next()) {}
    } catch {
      let position =
        switch error.place {
        case .position(let position): position
        case .offset(let offset): position(ofByte: offset, in: Array(content))
        }
      tree.faults.append(Diagnostic(position, "this is not YAML: \(error.reason)"))
      return (nil, tree.faults)
    }
    if tree.root == nil, tree.faults.isEmpty {
      tree.faults.append(Diagnostic(SourcePosition(line: 1, column: 1), "the document is empty"))
    }
    return (tree.root, tree.faults)
  }

  /// - Returns: Whether to go on.
  private mutating func take(_ located: YAMLEvents.Located) -> Bool {
    let position = located.position
    if located.hasAnchor { faults.append(Diagnostic(position, "anchors are not allowed: write the value itself")) }
    if located.hasTag { faults.append(Diagnostic(position, "tags are not allowed: a value is what its field says")) }
    switch located.event {
    case .documentStart:
      guard root == nil else {
        faults.append(Diagnostic(position, "a second document begins here: a file holds one agreement"))
        return false
      }
    case .documentEnd: break
    case .streamEnd: return false
    case .alias:
      faults.append(Diagnostic(position, "aliases are not allowed: write the value itself"))
      add(.scalar("", position), isSound: false)
    case .scalar(let text): add(.scalar(text, position))
    case .sequenceStart, .mappingStart:
      guard stack.count < YAMLTree.depthLimit else {
        faults.append(Diagnostic(position, "lists and mappings lie more than \(YAMLTree.depthLimit) deep here"))
        root = nil
        return false
      }
      if isAtKey {
        faults.append(Diagnostic(position, "a key must be text, not a list or a mapping"))
        stack.append(Open(position: position, content: .dropped(isKey: true)))
      } else if case .dropped = stack.last?.content {
        stack.append(Open(position: position, content: .dropped(isKey: false)))
      } else if case .sequenceStart = located.event {
        stack.append(Open(position: position, content: .sequence([])))
      } else {
        stack.append(Open(position: position, content: .mapping([], keys: [], pending: nil)))
      }
    case .collectionEnd: close()
    }
    return true
  }

  /// Whether the next node is a key.
  private var isAtKey: Bool {
    guard let last = stack.last, case .mapping(_, _, let pending) = last.content else { return false }
    return pending == nil && !last.skipsValue
  }

  /// Puts a complete node where the innermost open list or mapping wants it.
  private mutating func add(_ node: YAMLNode, isSound: Bool = true) {
    guard var open = stack.popLast() else {
      root = node
      return
    }
    switch open.content {
    case .dropped: break
    case .sequence(var items):
      // As long as the open list holds a copy, each item that is added would copy all before it.
      open.content = .dropped(isKey: false)
      items.append(node)
      open.content = .sequence(items)
    case .mapping(var pairs, var keys, let pending):
      open.content = .dropped(isKey: false)
      if open.skipsValue {
        open.skipsValue = false
        open.content = .mapping(pairs, keys: keys, pending: nil)
      } else if let pending {
        pairs.append(YAMLPair(key: pending.key, position: pending.position, value: node))
        open.content = .mapping(pairs, keys: keys, pending: nil)
      } else if case .scalar(let key, let position) = node, isSound {
        if keys.insert(Array(key.utf8)).inserted {
          open.content = .mapping(pairs, keys: keys, pending: (key, position))
        } else {
          faults.append(Diagnostic(position, "the key '\(key)' stands here a second time"))
          open.skipsValue = true
          open.content = .mapping(pairs, keys: keys, pending: nil)
        }
      } else {
        open.skipsValue = true
        open.content = .mapping(pairs, keys: keys, pending: nil)
      }
    }
    stack.append(open)
  }

  private mutating func close() {
    guard let open = stack.popLast() else { return }
    switch open.content {
    case .sequence(let items): add(.sequence(items, open.position))
    case .mapping(let pairs, _, _): add(.mapping(pairs, open.position))
    case .dropped(let isKey):
      if isKey, !stack.isEmpty { stack[stack.count - 1].skipsValue = true }
    }
  }

  /// Line and column of a byte, by the line breaks before it.
  private static func position(ofByte offset: Int, in bytes: [UInt8]) -> SourcePosition {
    var line = 1
    var column = 1
    for (index, byte) in bytes.prefix(max(0, offset)).enumerated() {
      let endsLine = byte == 0x0a || (byte == 0x0d && !(index + 1 < bytes.count && bytes[index + 1] == 0x0a))
      if endsLine {
        line += 1
        column = 1
      } else if byte & 0xc0 != 0x80, byte != 0x0d {
        column += 1
      }
    }
    return SourcePosition(line: line, column: column)
  }
}
