/// Shows how far a verification has come, told from any thread.
package final class ProgressRelay: @unchecked Sendable {
  // Sendable because notices are given from the thread that made the relay only: other threads' reports are dropped.
  private let notices: any Notices
  private var progress: (what: String, line: any StepProgress)?
  private let owner = ThreadIdentity.current

  package init(_ notices: any Notices) {
    self.notices = notices
  }

  package var report: @Sendable (String, Int, Int) -> Void {
    { what, done, total in
      guard ThreadIdentity.current == self.owner else { return }
      if self.progress?.what != what {
        self.progress?.line.finish()
        self.progress = (what, self.notices.begin("checking \(what)", total: total))
      }
      guard let line = self.progress?.line, done > line.count else { return }
      line.advance(by: done - line.count)
    }
  }

  package func finish() { progress?.line.finish() }
}
