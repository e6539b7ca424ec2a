internal import Findings
internal import Statements

/// What proven entries and cosignatures say of their own times that cannot all be so.
enum ProofRemarks {
  /// So far apart two honest clocks may be, in milliseconds.
  private static let tolerance = 15 * 60 * 1000

  /// Sentences.
  static func times(_ entries: [Entry], _ cosignatures: [(name: String, time: Int)], now: Instant) -> [String] {
    var remarks: [String] = []
    let ordered = entries.sorted { $0.sequence < $1.sequence }
    var latest: Entry?
    for entry in ordered {
      if let known = latest, entry.time < known.time {
        remarks.append(
          "entry \(entry.sequence) says that it was recorded at \(entry.time), and entry \(known.sequence), which stands before "
            + "it, at \(known.time): one of the clocks was wrong, or somebody dated it back")
      } else {
        latest = entry
      }
      if entry.time.millisecondsSinceEpoch > now.millisecondsSinceEpoch + tolerance {
        remarks.append(
          "entry \(entry.sequence) says that it was recorded at \(entry.time), which is yet to come by this clock")
      }
    }
    for (name, time) in cosignatures {
      let moment = Instant(clampingSeconds: time)
      if time > now.millisecondsSinceEpoch / 1000 + tolerance / 1000 {
        remarks.append("'\(name)' says that it cosigned at \(moment), which is yet to come by this clock")
      } else if let latest, time < latest.time.millisecondsSinceEpoch / 1000 - tolerance / 1000 {
        remarks.append(
          "'\(name)' says that it cosigned at \(moment), before entry \(latest.sequence) of the tree was recorded at "
            + "\(latest.time)")
      }
    }
    return remarks
  }
}
