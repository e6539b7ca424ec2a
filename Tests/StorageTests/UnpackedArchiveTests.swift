import Archives
import Foundation
import TestSupport
import Testing

@testable import Storage

/// Archives that somebody sent are unpacked into a folder of the user's own, or not at all.
struct UnpackedArchiveTests {
  private func archive(
    _ folder: TemporaryFolder, _ format: ArchiveFormat = .zip, _ members: [(String, [UInt8])]
  ) throws -> String {
    let path = folder.path("archive")
    try ArchiveFile.write(path, format, modified: nil, replaces: true) { archive in
      for (name, bytes) in members {
        try unsafe archive.add(name, size: bytes.count) { write in
          try unsafe bytes.withUnsafeBytes { try unsafe write($0) }
        }
      }
    }
    return path
  }

  @Test(arguments: [ArchiveFormat.zip, .tar, .tarGzip])
  func `what was packed is there, for the user alone, and goes with its owner`(_ format: ArchiveFormat) throws {
    let folder = try TemporaryFolder()
    let path = try archive(folder, format, [("top/a.txt", [1]), ("top/b/c.txt", [2, 3])])
    var unpacked: UnpackedArchive? = try UnpackedArchive(path, in: folder.path)
    let root = try #require(unpacked).root
    #expect(try RegularFile.read("\(root)/top/b/c.txt", limit: 10) == [2, 3])
    let mode = try FileManager.default.attributesOfItem(atPath: root)[.posixPermissions] as? Int
    #expect(mode == 0o700)
    unpacked = nil
    #expect(!FileManager.default.fileExists(atPath: root))
  }

  @Test(arguments: ["../a", "a/../../b", "/a", "a//b", "a/./b", "a\\b", "a:b"])
  func `a name that leads elsewhere is refused, and nothing stays`(_ name: String) throws {
    let folder = try TemporaryFolder()
    let path = try archive(folder, .tar, [("top/good", [1]), (name, [1])])
    #expect(throws: ArchiveUnreadable.self) { _ = try UnpackedArchive(path, in: folder.path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["archive"])
  }

  @Test func `limits hold, and just below them nothing is refused`() throws {
    let folder = try TemporaryFolder()
    let members = (0..<5).map { ("top/\($0)", [UInt8](repeating: 7, count: 1000)) }
    let path = try archive(folder, .tarGzip, members)
    var limits = UnpackLimits()
    (limits.ratio, limits.freeBytes, limits.members) = (0, 5000, 5)
    _ = try UnpackedArchive(path, in: folder.path, limits: limits)
    limits.freeBytes = 4999
    #expect(throws: ArchiveUnreadable.self) { _ = try UnpackedArchive(path, in: folder.path, limits: limits) }
    (limits.freeBytes, limits.members) = (5000, 4)
    #expect(throws: ArchiveUnreadable.self) { _ = try UnpackedArchive(path, in: folder.path, limits: limits) }
  }

  @Test func `what a killed process left goes with the next, and what somebody holds stays`() throws {
    let folder = try TemporaryFolder()
    let path = try archive(folder, .zip, [("top/a", [1])])
    let left = "custody-unpacked-0123456789abcdef"
    try folder.write([1], to: "\(left)/top/a")
    let held = try UnpackedArchive(path, in: folder.path)
    #expect(!FileManager.default.fileExists(atPath: folder.path(left)))
    _ = try UnpackedArchive(path, in: folder.path)
    #expect(FileManager.default.fileExists(atPath: "\(held.root)/top/a"))
  }

  @Test func `a folder is whole or not there, whatever fails`() throws {
    for operation in 0... {
      let folder = try TemporaryFolder()
      let plan = FaultPlan(failing: operation, .beforeEffect, staysDead: false)
      var isDone = false
      do {
        try NewFolder.create(at: folder.path("pack"), syscalls: Syscalls(plan: plan)) { new in
          for name in ["a", "b/c"] {
            try unsafe new.add(name) { write in try unsafe [UInt8(1)].withUnsafeBytes { try unsafe write($0) } }
          }
        }
        isDone = true
      } catch {}
      let isThere = FileManager.default.fileExists(atPath: folder.path("pack"))
      if isThere {
        #expect(try RegularFile.read(folder.path("pack/a"), limit: 9) == [1])
        #expect(try RegularFile.read(folder.path("pack/b/c"), limit: 9) == [1])
      }
      #expect(!isDone || isThere)
      if !plan.hasFailed {
        #expect(isDone && operation > 5)
        return
      }
    }
  }
}
