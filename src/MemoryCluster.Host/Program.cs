using System.CommandLine;
using MemoryCluster.Host.Commands;
using MemoryCluster.Host.Serving;

// Past the drain of requests the host stops by itself; past this the process is ended.
var terminationDelayMax = ServerHost.DrainMax + TimeSpan.FromSeconds(5);

var root = new RootCommand("MemoryCluster, shared memory for teams of agents. Without a command it serves.");
ServeCommand.AddTo(root);
CliCommands.AddTo(root);
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = terminationDelayMax });
