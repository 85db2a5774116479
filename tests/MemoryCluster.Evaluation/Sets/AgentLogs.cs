using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MemoryCluster.Evaluation.Sets;

/// <summary>Logs of agents, as the data folder's README describes them.</summary>
/// <param name="cutsTrailers">Whether observations lose what the log's end wrote behind them.</param>
internal sealed partial class AgentLogs(DataFolder data, bool cutsTrailers = false)
{
    public const string Airline = "airline";
    public const string Reflexion = "reflexion";
    public const string Fever = "fever";
    public const string Failed = "who_and_when";
    private const string Terminal = "Computer_terminal";

    /// <summary>An airline's agent with tools, four trials a task. The text of a task is what its user says first.</summary>
    public IReadOnlyList<LoggedTask> AirlineTasks() => Grouped(
        Airline,
        from line in data.Lines("taubench_airline/runs.jsonl")
        let trial = line.GetProperty("trial").GetInt32()
        select (line.GetProperty("task_id").GetRawText(), trial, AirlineRun(line)));

    /// <summary>ReAct agents on HotpotQA's questions, five trials each. An answer is no tool call.</summary>
    public IReadOnlyList<LoggedTask> ReflexionTasks() => Grouped(
        Reflexion,
        from line in data.Lines("reflexion_hotpotqa/base_100_questions_5_trials.jsonl")
        let question = DataFolder.Text(line, "question")
        let reward = DataFolder.Text(line, "status") == "correct" ? 1.0 : 0
        select (question, line.GetProperty("trial").GetInt32(), ReActRun(line, question, reward)));

    /// <summary>ReAct agents on FEVER's claims, one run each.</summary>
    public IReadOnlyList<LoggedTask> FeverTasks() =>
    [
        .. from line in data.Lines("fever_react/trajectories.jsonl").Index()
           let claim = DataFolder.Text(line.Item, "claim")
           let run = ReActRun(line.Item, claim, line.Item.GetProperty("correct").GetBoolean() ? 1 : 0)
           select new LoggedTask(Fever, $"{line.Index}", [run]),
    ];

    /// <summary>Teams of agents that failed; with each the step that was marked as the mistake. What an agent answers to is what was said before.</summary>
    public IReadOnlyList<(LoggedTask Task, int Guilty)> FailedTeams() =>
    [
        .. from line in data.Lines("who_and_when/logs.jsonl")
           let said = line.GetProperty("history").EnumerateArray().ToArray()
           let steps = said.Index().Select(message => new LoggedStep(
               DataFolder.Text(message.Item, "name") == Terminal ? Terminal : "",
               message.Index == 0 ? "" : DataFolder.Text(said[message.Index - 1], "content"),
               "",
               DataFolder.Text(message.Item, "content")))
           let task = new LoggedTask(Failed, DataFolder.Text(line, "question_ID"), [new LoggedRun(DataFolder.Text(line, "question"), 0, [.. steps])])
           select (task, int.Parse(DataFolder.Text(line, "mistake_step"), CultureInfo.InvariantCulture)),
    ];

    private static LoggedTask[] Grouped(string set, IEnumerable<(string Task, int Trial, LoggedRun Run)> runs) =>
    [
        .. runs.GroupBy(run => run.Task).Select(task => new LoggedTask(set, task.Key, [.. task.OrderBy(run => run.Trial).Select(run => run.Run)])),
    ];

    private static LoggedRun AirlineRun(JsonElement line)
    {
        var messages = line.GetProperty("traj").EnumerateArray().ToArray();
        var calls = new Dictionary<string, (string Tool, string Input)>(StringComparer.Ordinal);
        var steps = new List<LoggedStep>();
        foreach (var message in messages)
        {
            if (message.TryGetProperty("tool_calls", out var made) && made.ValueKind == JsonValueKind.Array)
            {
                foreach (var call in made.EnumerateArray())
                {
                    var function = call.GetProperty("function");
                    calls[DataFolder.Text(call, "id")] = (DataFolder.Text(function, "name"), DataFolder.Text(function, "arguments"));
                }
            }
            else if (DataFolder.Text(message, "role") == "tool")
            {
                var (tool, input) = calls[DataFolder.Text(message, "tool_call_id")];
                steps.Add(new LoggedStep(tool, input, "", DataFolder.Text(message, "content")));
            }
        }

        var task = messages.First(message => DataFolder.Text(message, "role") == "user");
        return new LoggedRun(DataFolder.Text(task, "content"), line.GetProperty("reward").GetDouble(), steps);
    }

    private LoggedRun ReActRun(JsonElement line, string task, double reward)
    {
        var steps = ReActSteps(line).ToLookup(step => step.Tool == "Finish");
        return new LoggedRun(task, reward, [.. steps[false]], string.Join(' ', steps[true].Select(step => $"{step.Thought} {step.Input}")));
    }

    private IEnumerable<LoggedStep> ReActSteps(JsonElement line) =>
        from step in line.GetProperty("steps").EnumerateArray()
        let action = ReActAction().Match(DataFolder.Text(step, "action"))
        let tool = action.Success ? action.Groups[1].Value : ""
        let input = action.Success ? action.Groups[2].Value : DataFolder.Text(step, "action")
        select new LoggedStep(tool, input, DataFolder.Text(step, "thought"), Observation(DataFolder.Text(step, "observation")));

    // A run that was halted has its log's last line, the gold answer, behind its last observation: no agent ever saw it.
    private string Observation(string text)
    {
        var trailer = text.IndexOf("\nCorrect answer:", StringComparison.Ordinal);
        return trailer < 0 || !cutsTrailers ? text : text[..trailer];
    }

    [GeneratedRegex(@"^(\w+)\[(.*)\]\s*$", RegexOptions.Singleline)]
    private static partial Regex ReActAction();
}
