import Foundation
import Testing

@testable import CommandLine

struct InterruptionTests {
  @Test func `an interruption ends with its own status and a line`() async throws {
    await #expect(processExitsWith: .exitCode(130)) {
      // Whoever runs the tests may have the signal blocked.
      var signals = sigset_t()
      unsafe sigemptyset(&signals)
      unsafe sigaddset(&signals, SIGINT)
      unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      Interruption.handle(as: .text)
      raise(SIGINT)
    }
  }
}
