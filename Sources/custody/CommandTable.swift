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
    commands: commands)

  /// What the overview shows of how to begin.
  static let examples = [
    Example("custody help --format json", "describe every command and option to a machine"),
    Example("custody completion bash > ~/.local/share/bash-completion/completions/custody", "complete on Tab"),
  ]
}
