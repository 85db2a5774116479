using System.CommandLine;
using System.Globalization;
using MemoryCluster.Simulations.Running;
using MemoryCluster.Simulations.Stores;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var seeds = new Option<int>("--seeds") { Description = "How many seeds to run.", DefaultValueFactory = _ => 1_000 };
var firstSeed = new Option<int>("--first-seed") { Description = "The first of them.", DefaultValueFactory = _ => 1 };
var seed = new Option<int?>("--seed") { Description = "Run this one seed." };
var silos = new Option<int>("--silos") { Description = "Virtual silos of each run.", DefaultValueFactory = _ => 5 };
var trace = new Option<bool>("--trace") { Description = "With --seed: print every turn, message, fault and call." };
var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
var bug = new Option<string>("--bug") { Description = "Plant a bug that must be found.", DefaultValueFactory = _ => RunSettings.NameOf(SeededBug.None) };
var bugs = Enum.GetValues<SeededBug>().ToDictionary(RunSettings.NameOf);
bug.AcceptOnlyFromAmong([.. bugs.Keys]);
var root = new RootCommand("Runs whole clusters in virtual time, each from one seed, and checks what their callers saw.")
{
    seeds, firstSeed, seed, silos, trace, json, bug,
};
root.SetAction(parsed =>
{
    var settings = new RunSettings(parsed.GetValue(silos), bugs[parsed.GetValue(bug)!]);
    var report = new Report(settings, Console.Out, parsed.GetValue(json));
    return parsed.GetValue(seed) is { } one
        ? report.RunOne(one, parsed.GetValue(trace))
        : report.RunMany(parsed.GetValue(firstSeed), parsed.GetValue(seeds));
});
return await root.Parse(args).InvokeAsync();
