import Findings
import Foundation
import Testing

@testable import Storage
@testable import Workspace

struct StorageFailureTests {
  @Test func `what may not be read is missing, and what may not be written cannot be created`() {
    #expect(StorageError(.open, "x", errorNumber: EACCES).failure.code == .inputMissing)
    #expect(StorageError(.list, "x", errorNumber: EPERM).failure.code == .inputMissing)
    #expect(StorageError(.create, "x", errorNumber: EACCES).failure.code == .cannotCreate)
    #expect(StorageError(.rename, "x", errorNumber: EROFS).failure.code == .cannotCreate)
    #expect(StorageError(.read, "x", errorNumber: EIO).failure.code == .ioError)
  }
}
