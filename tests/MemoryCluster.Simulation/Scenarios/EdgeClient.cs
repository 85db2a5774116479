using MemoryCluster.LocalEngine.Simulation;

namespace MemoryCluster.Simulations.Scenarios;

/// <summary>Grants and revokes, one edge at a time.</summary>
internal sealed class EdgeClient(Voice voice, SimulatedCluster cluster, Random random, ImmutableHashSet<AccessEdge> standing)
{
    private const int PauseMaxMs = 1_500;

    private readonly HashSet<AccessEdge> _standing = [.. standing];

    public async Task RunAsync(int changes)
    {
        for (var change = 0; change < changes; change++)
        {
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(random.Next(PauseMaxMs)));
            var edge = Cast.Any(Cast.Edges, random);
            var isGrant = !_standing.Remove(edge);
            if (isGrant)
            {
                _standing.Add(edge);
            }

            // An edge carries no version, so nothing tells a late twin of a grant from a new one; and transports that deliver in order,
            // which Orleans's is, send no twins. Its messages are lost and delayed, not doubled.
            var doubling = cluster.Messages.Duplicate;
            cluster.Messages.Duplicate = 0;
            await voice.SetEdgeAsync(edge, isGrant);
            cluster.Messages.Duplicate = doubling;
        }
    }
}
