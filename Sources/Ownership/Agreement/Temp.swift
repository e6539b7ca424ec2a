internal import Statements
package struct Diagnostic: Sendable, Equatable {}
package struct SourceMap: Sendable {}
package enum DocumentReading { case read(EngagementDocument, SourceMap); case unreadable([Diagnostic]) }
extension EngagementDocument { package static func read(_ b: [UInt8]) -> DocumentReading { .unreadable([]) } }
