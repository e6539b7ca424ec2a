import Findings
import Testing

struct ByteTextTests {
  @Test(
    arguments: [
      ([0x63, 0x61, 0x66, 0xe9], #"caf\xe9"#), (Array("café 漢 🙂".utf8), "café 漢 🙂"), ([0xc3], #"\xc3"#),
      ([0xff, 0x0a, 0x61], #"\xff\x0aa"#), ([0xf0, 0x9f, 0x99], #"\xf0\x9f\x99"#), ([0xc2, 0x85], #"\xc2\x85"#),
      ([0xed, 0xa0, 0x80], #"\xed\xa0\x80"#), ([], ""),
    ] as [([UInt8], String)])
  func `what is no text is shown by its bytes`(_ bytes: [UInt8], _ shown: String) {
    #expect(ByteText.visible(bytes) == shown)
  }
}
