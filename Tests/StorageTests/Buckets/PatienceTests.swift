import Storage
import Testing

/// For how long a host that fails is waited for.
struct PatienceTests {
  @Test func `an answer that never came is waited for as long as pauses are`() {
    var patience = Patience(seconds: 10)
    patience.spend(.seconds(9))
    let waits = patience.pause(1)
    patience.spend(.seconds(30))
    let waitsAgain = patience.pause(2)
    #expect(waits && !waitsAgain)
  }
}
