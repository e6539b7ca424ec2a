import Foundation
import Testing

@testable import CommandLine

struct InterruptionTests {
  @Test func `an interruption ends with its own status and a line`() async throws {
    await #expect(processExitsWith: .exitCode(130)) {
      Interruption.unblock()
      Interruption.handle(as: .text)
      raise(SIGINT)
    }
  }

  @Test func `whoever ends it from outside is answered alike`() async throws {
    await #expect(processExitsWith: .exitCode(130)) {
      Interruption.unblock()
      Interruption.handle(as: .json)
      raise(SIGTERM)
    }
  }

  @Test func `over a commit an end waits for the answer`() async throws {
    await #expect(processExitsWith: .exitCode(7)) {
      Interruption.unblock()
      Interruption.handle(as: .text)
      Interruption.hold()
      for number in [SIGINT, SIGTERM, SIGHUP] { raise(number) }
      exit(7)
    }
  }

  @Test func `after a commit that was none it is made up for`() async throws {
    await #expect(processExitsWith: .exitCode(130)) {
      Interruption.unblock()
      Interruption.handle(as: .text)
      Interruption.hold()
      raise(SIGTERM)
      Interruption.release()
    }
  }

  @Test func `who was told to outlive its terminal does`() async throws {
    await #expect(processExitsWith: .exitCode(7)) {
      Interruption.unblock()
      signal(SIGHUP, SIG_IGN)
      Interruption.handle(as: .text)
      raise(SIGHUP)
      exit(7)
    }
  }
}

extension Interruption {
  /// Whoever runs the tests may have the signals blocked.
  fileprivate static func unblock() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
