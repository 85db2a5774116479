using System.Text;
using MemoryCluster.Client;
using MemoryCluster.LoadTests.Reports;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>What was acknowledged while a load ran, and whether it is still there.</summary>
internal sealed class AcknowledgedWrites(LoadPlan plan)
{
    private const int LookedAtMax = 50_000;
    private const int CallsInFlight = 16;

    private readonly string?[] _ids = new string?[plan.Requests.Length];

    /// <summary>Notes an answer; of writes that are to be looked at again the memory's id.</summary>
    public void Note(int index, ReadOnlySpan<byte> body)
    {
        var request = plan.Requests[index];
        if (plan.Streams[request.Stream].Operation == LoadOperation.Remember && IsKept(body))
            _ids[index] = ValueOf(body, "\"id\":\""u8);
    }

    /// <summary>Looks at them by id, at no more than a bound of them, drawn by chance.</summary>
    public async Task<WriteCheck?> CheckAsync(MemoryClusterClient client, int seed, CancellationToken cancellationToken)
    {
        int[] acknowledged = [.. Enumerable.Range(0, _ids.Length).Where(index => _ids[index] is not null)];
        if (acknowledged.Length == 0)
            return null;
        new Random(seed).Shuffle(acknowledged);
        int[] looked = [.. acknowledged.Take(LookedAtMax)];
        var lost = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(looked, options, async (index, token) =>
        {
            if (!await IsThereAsync(client, index, token))
                Interlocked.Increment(ref lost);
        });
        return new WriteCheck(acknowledged.Length, looked.Length, lost);
    }

    private async Task<bool> IsThereAsync(MemoryClusterClient client, int index, CancellationToken cancellationToken)
    {
        try
        {
            var memory = await client.GetMemoryAsync(_ids[index]!, cancellationToken);
            return memory.Text.StartsWith(ScenarioRequests.TokenOf(plan.Requests[index].Number), StringComparison.Ordinal);
        }
        catch (MemoryClusterException absent) when (absent.Fault == MemoryFault.NotFound)
        {
            return false;
        }
    }

    private static bool IsKept(ReadOnlySpan<byte> body) => ValueOf(body, "\"decision\":\""u8) is "admitted" or "candidate";

    private static string? ValueOf(ReadOnlySpan<byte> body, ReadOnlySpan<byte> member)
    {
        var at = body.IndexOf(member);
        if (at < 0)
            return null;
        var rest = body[(at + member.Length)..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}
