import CommandLine
import Statements
import Testing

@testable import custody

struct IdentifierTextTests {
  @Test(arguments: [
    ("Acme Manufacturing", "acme-manufacturing"), ("Clínica Müller & Söhne", "clinica-mueller-and-soehne"),
    ("Łódź Żłobek", "lodz-zlobek"), ("Ærø Klinik", "aeroe-klinik"), ("  A--B!  ", "a-b"), ("東京", ""),
    ("Österreichische Krankenhausgesellschaft", "oesterreichische-krankenhausgese"),
  ])
  func `an id is made of a name's letters`(_ name: String, _ id: String) {
    #expect(IdentifierText.id(from: name) == id)
  }
}
