@testable import Agreements
import Testing

/// SplitMix64: the same numbers for the same seed on every machine.
private struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// Whatever the bytes, reading ends with a document or with faults, and faults stand inside the document.
private func check(_ bytes: [UInt8]) {
  guard case .unreadable(let faults) = EngagementDocument.read(bytes) else { return }
  #expect(!faults.isEmpty)
  let breaks = String(decoding: bytes, as: UTF8.self).unicodeScalars.count {
    ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0)
  }
  #expect(faults.allSatisfy { (0...breaks + 2).contains($0.line) && $0.column >= 0 && !$0.message.isEmpty })
}

struct AgreementFuzzTests {
  private let sample = Array(sampleAgreement.utf8)

  @Test func `a document cut anywhere is read or refused`() {
    for length in sample.indices { check(Array(sample.prefix(length))) }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `a document with changed bytes is read or refused`(seed: UInt64) {
    var numbers = SeededNumbers(state: seed)
    let signs = Array("{}[]:,-?&*!|>%@`\"'#\n\t \u{0}~<=".utf8)
    for _ in 0..<1500 {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...6, using: &numbers) {
        let index = Int.random(in: 0..<bytes.count, using: &numbers)
        let byte =
          Bool.random(using: &numbers)
          ? UInt8.random(in: .min ... .max, using: &numbers) : signs.randomElement(using: &numbers) ?? 0
        switch Int.random(in: 0..<3, using: &numbers) {
        case 0: bytes[index] = byte
        case 1: bytes.insert(byte, at: index)
        default: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...40, using: &numbers)))
        }
        if bytes.isEmpty { bytes = sample }
      }
      check(bytes)
    }
  }

  @Test(arguments: [4, 5] as [UInt64])
  func `random bytes are refused`(seed: UInt64) {
    var numbers = SeededNumbers(state: seed)
    let signs = Array("{}[]:,-?&*!|>%@`\"'#\n\n\t  ab1.".utf8)
    for _ in 0..<2000 {
      let length = Int.random(in: 0...80, using: &numbers)
      check((0..<length).map { _ in UInt8.random(in: .min ... .max, using: &numbers) })
      check((0..<length).map { _ in signs.randomElement(using: &numbers) ?? 0 })
    }
  }
}
