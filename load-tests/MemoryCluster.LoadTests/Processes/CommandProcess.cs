namespace MemoryCluster.LoadTests.Processes;

/// <summary>A command of the product's that ends by itself.</summary>
internal sealed class CommandProcess(IEnumerable<string> arguments) : ChildProcess("dotnet", arguments);
