internal import CommandLine
internal import Rendering

/// Every command, in the order in which help lists them.
///
/// A command is a file in `Commands/` that defines a `CommandSpec`; it exists once it is listed here.
enum CommandTable {
  static let commands: [Command] = [
    Command(InitCommand.spec),
    KeyCommands.group,
    PartyCommands.group,
    MemberCommands.group,
    FrameworkCommands.group,
    PlanCommands.group,
    EngagementCommands.group,
    Command(AcceptCommand.spec),
    Command(AppendCommand.spec),
    Command(CosignCommand.spec),
    Command(SubmitCommand.spec),
    Command(SuggestCommand.spec),
    Command(ExecCommand.spec),
    RequestsCommands.group,
    Command(AssessCommand.spec),
    Command(ReportCommand.actionPlan),
    Command(StaffCommand.spec),
    HoldCommands.group,
    Command(RedactCommand.spec),
    Command(RetentionCommand.spec),
    Command(MeasureCommand.spec),
    Command(UsageCommand.spec),
    Command(LogCommand.spec),
    Command(ShowCommand.spec),
    Command(CatCommand.spec),
    Command(SearchCommand.spec),
    Command(VerifyCommand.spec),
    Command(PullCommand.spec),
    Command(CopyCommand.spec),
    TrustCommands.group,
    TimestampCommands.group,
    Command(WhomCommand.spec),
    Command(AgendaCommand.spec),
    ReportCommand.group,
    Command(OSCALCommand.spec),
    Command(StatusCommand.spec),
    FleetCommands.group,
    Command(NotifyCommand.spec),
    Command(PackCommand.spec),
    HashListCommands.group,
    CheckpointCommands.group,
    Command(ProveCommand.spec),
    Command(CheckProofCommand.spec),
    Command(CompletionCommand.spec),
    Command(HelpCommand.spec),
    Command(VersionCommand.spec),
  ]

  /// The program as a whole.
  static let program = ProgramSpec(
    name: "custody", version: Version.current, versionDetails: [("storeFormat", .integer(Version.storeFormat))],
    abstract: "Keep compliance evidence so that anyone can check it, and know for every control who answers for it.",
    summary: "keep compliance evidence, and know for every control who answers for it", examples: examples,
    variables: variables, commands: commands)

  /// The variables that a person sets, and what holds without them.
  static let variables = [
    ("CUSTODY_STORE", "The store, where --store does not say."),
    ("CUSTODY_AS", "Whose key signs, where --as does not say."),
    (
      "CUSTODY_HOME",
      "Folder of what is yours alone: your keys, what you have seen of each store, and whom you have confirmed. "
        + "~/.config/custody unless set."
    ),
    ("CUSTODY_PASSPHRASE", "Opens your key where no terminal can ask; CUSTODY_NEW_PASSPHRASE for 'key passphrase'."),
    ("CUSTODY_TIMESTAMP", "The time-stamping authority's address, where 'timestamp fetch' is not told one."),
    ("PAGER", "Shows long results on a terminal; CUSTODY_PAGER for custody alone."),
    ("AWS_ACCESS_KEY_ID …", "What S3 clients read, for a store in a bucket: see the manual."),
    ("NO_COLOR", "Set to anything: no colours."),
  ]

  /// What the overview shows of how to begin.
  static let examples = [
    Example("custody help --format json", "describe every command and option to a machine"),
    Example("custody completion bash > ~/.local/share/bash-completion/completions/custody", "complete on Tab"),
  ]
}
