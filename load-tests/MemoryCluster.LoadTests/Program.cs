using System.CommandLine;
using System.Globalization;
using MemoryCluster.LoadTests.Chaos;
using MemoryCluster.LoadTests.Checking;
using MemoryCluster.LoadTests.Comparing;
using MemoryCluster.LoadTests.Fleet;
using MemoryCluster.LoadTests.Processes;
using MemoryCluster.LoadTests.Reports;
using MemoryCluster.LoadTests.Scenarios;
using MemoryCluster.LoadTests.Walk;

var port = new Argument<int>("port");
var emptyServer = new Command(EmptyServer.Command, "Serves one endpoint that does nothing: the HTTP floor of the other commands.") { port };
emptyServer.SetAction((parsed, cancellationToken) => EmptyServer.ServeAsync(parsed.GetValue(port), cancellationToken));

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var root = new RootCommand("Load and chaos tests of MemoryCluster.")
{
    WalkCommand.Create(TimeProvider.System), ChaosCommand.Create(TimeProvider.System), FleetCommand.Create(TimeProvider.System),
    HistoryCommand.Create(), CompareCommand.Create(TimeProvider.System), ReportCommand.Create(), emptyServer,
};
foreach (var scenario in AllScenarios.List)
    root.Subcommands.Add(ScenarioCommand.Create(scenario, TimeProvider.System));
return await root.Parse(args).InvokeAsync();
