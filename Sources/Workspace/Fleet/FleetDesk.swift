internal import Ownership
internal import Storage
internal import TreeLog
internal import Verification

/// Where somebody works from who looks at many stores from several threads: each gets a desk of its own, at which nobody is
/// asked and nobody is told.
package struct FleetDesk: Sendable {
  package let home: Home
  package let clock: WallClock
  private let person: String?
  private let hosts: StoreHosts
  /// Most clients have adopted the same few.
  private let catalogs = ParsedCatalogs()

  package init(_ desk: Desk) {
    (home, clock, person, hosts) = (desk.home, desk.clock, desk.person, desk.hosts)
  }

  /// Whoever holds a store elsewhere is asked for as long as this desk is there, and no longer.
  package func desk() -> Desk {
    var desk = Desk(
      home: home, person: person, passphrase: nil, clock: clock, consent: NoConsent(), notices: NoNotices(),
      hosts: hosts.anew())
    desk.catalogs = catalogs
    return desk
  }

  /// The origin that a store's own file claims; nil where it cannot be read.
  package func claimedOrigin(_ place: FleetPlaces.Place) -> String? {
    guard place.trouble == nil else { return nil }
    guard let address = StoreAddress(place.path) else { return StoreLocation.claimedOrigin(place.path) }
    let desk = desk()
    guard let contents = try? desk.contents(of: desk.layout(of: address)), let bytes = try? contents.configuration()
    else { return nil }
    return StoreConfiguration(parsing: bytes)?.origin
  }
}
