internal import Findings
internal import RemoteWire
internal import Storage

extension StoreAddress {
  /// The places in the bucket that this one lies in, the nearest first and the whole bucket last, each asked for by the same way.
  var around: [StoreAddress] {
    guard isBucket else { return [] }
    var place = name[...]
    let options = text.dropFirst(name.count)
    var found: [StoreAddress] = []
    while let slash = place.lastIndex(of: "/"), slash > place.startIndex, place[place.index(before: slash)] != "/" {
      place = place[..<slash]
      if let address = StoreAddress("\(place)\(options)") { found.append(address) }
    }
    return found
  }

  /// Where its checkpoint lies, as a place of its own; nil where that is beside its files.
  var headPlace: StoreAddress? {
    guard let head else { return nil }
    let path = name.dropFirst("s3://".count).drop { $0 != "/" }
    let options = text.dropFirst(name.count).dropFirst().split(separator: "&").filter { !$0.hasPrefix("head=") }
    return StoreAddress("s3://\(head)\(path)" + (options.isEmpty ? "" : "?\(options.joined(separator: "&"))"))
  }

  /// The place alone, without how it is asked for.
  var name: String { String(text.prefix { $0 != "?" }) }
}

extension Desk {
  /// Refuses a place in another store, or around one: whatever lies below a store that is not its own is taken for tampering.
  ///
  /// A place around that may not be read, or does not answer, says nothing.
  func refuseNesting(_ address: StoreAddress, _ there: BucketContents) throws {
    try refuseNestingOfOne(address, there)
    guard let head = address.headPlace else { return }
    let layout = try layout(of: head)
    _ = try contents(of: layout)
    try refuseNestingOfOne(head, BucketContents(hosts.host(of: head.text), layout: layout, keeps: false))
  }

  private func refuseNestingOfOne(_ address: StoreAddress, _ there: BucketContents) throws {
    for outer in address.around where holdsStore(outer) {
      throw Failure(
        .cannotCreate,
        "there is a store at '\(outer.name)' already, and another inside it would be taken for a part of it",
        hint: "name a prefix beside it")
    }
    guard let inner = try there.innerStore() else { return }
    throw Failure(
      .cannotCreate,
      "there is a store at '\(address.name)/\(inner)' already, and one around it would take it for a part of itself",
      hint: "name a prefix beside it")
  }

  private func holdsStore(_ address: StoreAddress) -> Bool {
    // Whoever is asked there is asked one thing, and does not stay.
    guard let host = try? hosts.anew().host(of: address.text),
      let answers = try? PatientHost(host, tries: 3).perform(
        ["custody.json", "checkpoint"].map { HostRequest(.head, $0) })
    else { return false }
    return answers.contains { $0.wire.isDone }
  }
}
