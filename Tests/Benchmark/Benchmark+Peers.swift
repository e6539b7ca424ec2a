/// What else people keep files with: each takes in the same folder and waits until it is on the disk.
struct Peer {
  let name: String
  /// Makes an empty repository in a folder, and takes in the working folder: shell commands.
  let prepare: String
  let take: String

  static let all = [
    Peer(
      name: "git", prepare: "git init -q --bare \"$TARGET\"",
      take:
        "git --git-dir=\"$TARGET\" --work-tree=. -c core.fsync=all add . && git --git-dir=\"$TARGET\" --work-tree=. "
        + "-c core.fsync=all -c user.name=bo -c user.email=bo@example.org commit -q -m files"),
    Peer(
      name: "restic", prepare: "RESTIC_PASSWORD=bo restic -q init --repo \"$TARGET\"",
      take: "RESTIC_PASSWORD=bo restic -q --repo \"$TARGET\" --no-cache backup . && sync -f \"$TARGET\""),
    Peer(
      name: "borg", prepare: "borg init -e none \"$TARGET\"",
      take: "borg create --compression none \"$TARGET\"::files . && sync -f \"$TARGET\""),
  ]
}

extension Benchmark {
  /// Takes in a folder with a peer, into a new repository.
  ///
  /// - Returns: nil where the peer is not installed.
  func take(_ source: String, with peer: Peer, round: Int) throws -> ProcessFigures? {
    guard (try? runner.run("/bin/sh", ["-c", "command -v \(peer.name) >/dev/null"])) != nil else { return nil }
    let target = "\(work)/\(peer.name)-\(round)"
    try runner.run("/bin/sh", ["-c", "TARGET='\(target)'; \(peer.prepare)"], in: source)
    settle()
    return try runner.run("/bin/sh", ["-c", "TARGET='\(target)'; \(peer.take)"], in: source)
  }
}
