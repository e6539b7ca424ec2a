import Foundation

/// Random numbers that come again from the same seed (SplitMix64).
///
/// Without a seed it takes that of `CUSTODY_TEST_SEED`, or a new one, and prints it, so that a failure can be had again.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64? = nil, _ name: String = #function) {
    let given = seed ?? ProcessInfo.processInfo.environment["CUSTODY_TEST_SEED"].flatMap { UInt64($0) }
    state = given ?? UInt64.random(in: 0...UInt64.max)
    if seed == nil { print("random seed of \(name): \(state)") }
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// That many random bytes.
  package mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }
}
