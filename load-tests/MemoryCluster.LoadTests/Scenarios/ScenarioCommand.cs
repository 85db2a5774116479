using System.CommandLine;
using System.Globalization;
using MemoryCluster.LoadTests.Reports;
using MemoryCluster.LoadTests.Targets;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>One command for each scenario.</summary>
internal static class ScenarioCommand
{
    private const int SecondsMax = 24 * 3_600;

    public static Command Create(Scenario scenario, TimeProvider clock)
    {
        var options = new ScenarioOptions();
        var outputs = new ReportOutputs();
        var rate = new Option<string>("--rate")
        {
            Description = "Requests a second, or auto for a share of the capacity, which is looked for first.", DefaultValueFactory = _ => "auto",
        };
        var percent = ScenarioOptions.Number("--percent", "That share of the capacity.", scenario.Percent, 1, 1_000);
        var seconds = ScenarioOptions.Number("--seconds", "How long the load is offered.", (int)scenario.Duration.TotalSeconds, 1, SecondsMax);
        var killEvery = ScenarioOptions.Number(
            "--kill-every", "Seconds between kills of a process; 0 for none.", (int)(scenario.KillEvery ?? TimeSpan.Zero).TotalSeconds, 0, SecondsMax);
        var command = new Command(scenario.Name, scenario.Summary) { rate, percent, seconds, killEvery };
        foreach (var option in options.All.Concat(outputs.All))
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => CommandFaults.ToldAsync(async () =>
        {
            using var folder = new WorkFolder();
            var settings = new ScenarioSettings
            {
                Scenario = scenario,
                Target = options.Target(parsed, folder.Path),
                Bench = options.Bench(parsed),
                RatePerSecond = RateOf(parsed.GetRequiredValue(rate)),
                Percent = parsed.GetValue(percent),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                KillEvery = parsed.GetValue(killEvery) is > 0 and var between ? TimeSpan.FromSeconds(between) : null,
                FailIf = outputs.Conditions(parsed, scenario.FailIf),
            };
            if (settings is { KillEvery: not null, Target.Kind: TargetKind.Running })
                throw new ArgumentException("Processes are killed only where they were started here: give --target local or orleans, or --kill-every 0.");
            var report = await new ScenarioRun(settings, clock, Console.Error.WriteLine).RunAsync(cancellationToken);
            return await outputs.WriteAsync(parsed, report, cancellationToken);
        }));
        return command;
    }

    private static double? RateOf(string text) => text == "auto" ? null
        : double.TryParse(text, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 1_000_000 ? rate
        : throw new ArgumentException($"--rate is '{text}'; it is auto, or a number above 0 and up to 1,000,000.");
}
