namespace MemoryCluster.LoadTests.Targets;

/// <summary>A server that runs already, and that nothing is done to but to call it.</summary>
internal sealed class RunningTarget(Uri url, string key) : ILoadTarget
{
    public string Description => $"the server at {url}";

    public Uri Url => url;

    public string Key => key;

    public IReadOnlyList<(string Name, int Id)> Processes => [];

    public Task<string> KillOneAsync(Random random, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Processes are killed only where they were started here: give --target local or --target orleans.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
