import Crypto
import Testing

struct NameUUIDTests {
  /// By Python's uuid module.
  @Test(arguments: [
    ("http://example.com/", "0a300ee9-f9e4-5697-a51a-efc7fafaba67"), ("", "1b4db7eb-4057-5ddf-91e0-36dec72071f5"),
  ])
  func `a name has the UUID that other libraries give it`(_ name: String, _ uuid: String) throws {
    try NameUUID.start()
    #expect("\(NameUUID(name, in: .url))" == uuid)
  }
}
