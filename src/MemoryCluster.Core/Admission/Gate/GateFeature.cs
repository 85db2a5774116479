namespace MemoryCluster.Admission.Gate;

/// <summary>
/// What the gate weighs of a step, each about -1 to 1. Policies are stored by these names: a feature may be added, never renamed or given
/// another meaning.
/// </summary>
public enum GateFeature
{
    /// <summary>Always 1.</summary>
    Bias = 0,

    /// <summary>Characters of the input, by logarithm.</summary>
    InputLength,

    /// <summary>Characters of the output, by logarithm.</summary>
    OutputLength,

    /// <summary>Whether the caller said that it failed.</summary>
    Failed,

    /// <summary>Whether the output speaks of an error or of nothing found.</summary>
    OutputFailure,

    /// <summary>Whether a tool was called.</summary>
    HasTool,

    /// <summary>Whether the tool's name begins with a verb of reading (get, search, list, …).</summary>
    ReadingTool,

    /// <summary>Whether the tool's name begins with a verb of change (update, book, send, …).</summary>
    ChangingTool,

    /// <summary>How often steps of this tool came back, the rate's log-odds.</summary>
    ToolReturned,

    /// <summary>How often steps of this shape came back, leaning on the tool's rate where they are few.</summary>
    ShapeReturned,

    /// <summary>How often steps of this domain came back.</summary>
    DomainReturned,

    /// <summary>How many asks a step of this shape got on average.</summary>
    ShapeAsks,

    /// <summary>How often steps of this tool were contradicted.</summary>
    ToolContradicted,

    /// <summary>How many steps of the tool these rates rest on.</summary>
    ToolKnown,

    /// <summary>Other runs of the task that took this very action before.</summary>
    ActionRuns,

    /// <summary>Whether no other run took this very action yet.</summary>
    ActionFirst,

    /// <summary>Whether this very action gave different observations.</summary>
    ActionContradicted,

    /// <summary>Other runs of the task that may still ask.</summary>
    OthersActive,

    /// <summary>Whether no other run is left that may ask.</summary>
    NoneActive,

    /// <summary>How much of this run's path other runs share, the rate's log-odds.</summary>
    PathShared,

    /// <summary>Which step of its run it is, by logarithm.</summary>
    Step,

    /// <summary>How many memories the bank holds, by logarithm.</summary>
    BankSize,

    /// <summary>Cosine of the nearest memory.</summary>
    BankNearest,

    /// <summary>The same where the nearest came of the same tool.</summary>
    BankNearestSameTool,

    /// <summary>How often what was kept of this agent was used.</summary>
    AgentUsed,

    /// <summary>What this agent's runs earned on average.</summary>
    AgentReward,

    /// <summary>Cosine of task and input.</summary>
    TaskInput,

    /// <summary>Cosine of task and output.</summary>
    TaskOutput,

    /// <summary>Cosine of input and output.</summary>
    InputOutput,

    /// <summary>Share of the input's words that stand in the task.</summary>
    InputInTask,

    /// <summary>Share of the task's words that stand in the output.</summary>
    TaskInOutput,

    /// <summary>Share of the input's words that stand in the output.</summary>
    InputInOutput,

    /// <summary>Share of digits and marks in the input: free text has few, arguments and code have many.</summary>
    InputMarks,

    /// <summary>Share of digits and marks in the output.</summary>
    OutputMarks,

    /// <summary>Share of the task's names and numbers that stand in the output.</summary>
    TaskNamesInOutput,

    /// <summary>Share of the summary's words that stand in the output: did it bring what it was for?</summary>
    SummaryInOutput,

    /// <summary>Share of the output's words that neither task nor input nor summary has.</summary>
    OutputNew,

    /// <summary>Earlier steps of the run that failed, by logarithm.</summary>
    RunFailures,

    /// <summary>Whether the run took this very action before.</summary>
    RunRepeated,

    /// <summary><see cref="OutputLength"/> once more where the output speaks of failure: a long one offers something else.</summary>
    FailureLength,

    /// <summary><see cref="TaskNamesInOutput"/> once more where the output speaks of failure.</summary>
    FailureTaskNames,

    /// <summary><see cref="RunFailures"/> once more where the output speaks of failure: it failed again.</summary>
    FailureAgain,

    /// <summary>How many there are.</summary>
    End,
}
