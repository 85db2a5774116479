using MemoryCluster.LoadTests.Scenarios;

namespace MemoryCluster.LoadTests.Tests.Scenarios;

/// <summary>Requests whose only byte is their team's number, with writes counted.</summary>
internal sealed class StubRequests : IRequestSource
{
    private int _writes;

    public (byte[] Bytes, int Number) Render(LoadOperation operation, int team, TimeSpan due, Random random) =>
        ([(byte)team], operation == LoadOperation.Remember ? _writes++ : -1);
}
