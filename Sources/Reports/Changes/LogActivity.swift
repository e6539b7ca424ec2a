package import Obligations
package import Statements

/// What was put into a log between two trees: machines' work counted, all else one by one.
package struct LogActivity: Sendable {
  /// A statement that counts.
  package struct Deed: Sendable, Equatable {
    package var entry: Int
    /// The entry's UTC day.
    package var day: Day
    package var party: String
    package var member: String
    /// `acceptance`, as statements are called.
    package var type: String
    /// What the log's list says of it.
    package var summary: String

    package init(entry: Int, day: Day, party: String, member: String, type: String, summary: String) {
      self.entry = entry
      self.day = day
      self.party = party
      self.member = member
      self.type = type
      self.summary = summary
    }
  }

  /// How much of one type somebody put in.
  package struct Count: Sendable, Equatable {
    package var type: String
    package var party: String
    package var member: String
    package var count: Int

    package init(type: String, party: String, member: String, count: Int) {
      self.type = type
      self.party = party
      self.member = member
      self.count = count
    }
  }

  /// In log order, without evidence, measurements, hours and anchors.
  package var deeds: [Deed]
  /// Of those.
  package var counts: [Count]
  /// Assessments, in log order; those from before are left aside.
  package var assessments: [AssessmentBook.Mark]

  package init(deeds: [Deed] = [], counts: [Count] = [], assessments: [AssessmentBook.Mark] = []) {
    self.deeds = deeds
    self.counts = counts
    self.assessments = assessments
  }
}
