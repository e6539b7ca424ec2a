internal import CommandLine
internal import Workspace

/// `custody show`: everything about an entry, an object, or the checkpoint.
enum ShowCommand {
  struct Arguments: Sendable {
    var reference: String?
  }

  static let spec = CommandSpec<Arguments>(
    name: "show", abstract: "Say everything about an entry, an object or the checkpoint.",
    discussion: """
      REF is the number of an entry, the id of a statement or the SHA-256 of an object (eight digits of either are \
      enough), or 'checkpoint'. Whether an object is there is looked up, not what it holds: 'custody verify' reads it.
      """,
    examples: [
      Example("custody show 8", "an entry: who signed it and when, what they had seen, which objects it brings"),
      Example("custody show a3d364a8", "an object: which statements bring it"),
      Example("custody show checkpoint", "the tree at hand, and who signed it"),
    ],
    parameters: [
      .positional(
        "REF", help: "An entry's number, a statement's id, an object's digest, or 'checkpoint'.", into: \.reference,
        parse: CommandText.text)
    ],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    switch try StoreReference.resolve(arguments.reference ?? "", store) {
    case .entry(let number):
      let listing = try EntryListing(store)
      try ShownEntry(listing.entry(number), store, listing).print(global, console)
    case .object(let digest): try ShownObject(digest, store).print(global, console)
    case .checkpoint: try ShownCheckpoint(store).print(global, console)
    }
    return .success
  }
}
