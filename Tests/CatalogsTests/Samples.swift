import Catalogs
import Foundation

/// Files and small catalogs for the tests.
enum Samples {
  /// The folder that holds `Package.swift`.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: repository.appending(path: path)))
  }

  static func bundled(_ framework: String) throws -> Catalog {
    guard let bytes = BundledCatalogs.bytes(of: framework) else { throw CocoaError(.fileNoSuchFile) }
    return try Catalog(parsing: bytes, framework: framework)
  }

  static func allBundled() throws -> [Catalog] {
    try BundledCatalogs.names.map(bundled)
  }

  /// A catalog around the JSON of its body: `"controls": […]`.
  static func document(_ body: String, metadataProps: String = "[]") -> [UInt8] {
    Array(
      """
      {"catalog": {"uuid": "5b7c1c2e-0d4f-4e0e-9d59-2b8f4f6b7a10", "metadata": {"title": "Sample",
      "last-modified": "2026-01-01T00:00:00Z", "version": "7", "oscal-version": "1.1.3",
      "props": \(metadataProps)}\(body.isEmpty ? "" : ", ")\(body)}}
      """.utf8)
  }

  static func catalog(_ body: String, framework: String = "sample") throws -> Catalog {
    try Catalog(parsing: document(body), framework: framework)
  }

  /// A control of that OSCAL id, with more members.
  static func control(_ id: String, _ more: String = "") -> String {
    #"{"id": "\#(id)", "title": "Title of \#(id)"\#(more.isEmpty ? "" : ", ")\#(more)}"#
  }

  /// A prop in the namespace `urn:custody:v1`.
  static func ours(_ name: String, _ value: String) -> String {
    #"{"name": "\#(name)", "ns": "urn:custody:v1", "value": "\#(value)"}"#
  }

  static func label(_ value: String, category: String? = nil) -> String {
    #"{"name": "label", \#(category.map { #""class": "\#($0)", "# } ?? "")"value": "\#(value)"}"#
  }

  static func objective(_ id: String, label: String? = nil, parts: String = "[]") -> String {
    let props = label.map { "[\(Self.label($0))]" } ?? "[]"
    return
      #"{"id": "\#(id)", "name": "assessment-objective", "prose": "about \#(id)", "props": \#(props), "parts": \#(parts)}"#
  }
}

/// What reading a catalog threw, nil if it did not.
func fault(_ bytes: [UInt8], framework: String = "sample") -> CatalogError? {
  do throws(CatalogError) {
    _ = try Catalog(parsing: bytes, framework: framework)
    return nil
  } catch {
    return error
  }
}
