using MemoryCluster.Client;
using MemoryCluster.Contract;
using MemoryCluster.LoadTests.Chaos;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>
/// Asks of a team, again and again, whether it is in service: whether it takes a memory and recalls, with every shard answering. Teams are
/// spread over the silos, so that several of them see what happens to any one.
/// </summary>
internal sealed class ServiceProbe(MemoryClusterClient client, int number, ChaosTally tally, TimeProvider clock)
{
    private const string Agent = "probe";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string _team = $"probe-{number}";
    private readonly Lock _lock = new();
    private readonly List<long> _answers = [];
    private long _served;
    private int _asked;

    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        await client.Team(_team).PutAsync("probe", cancellationToken: cancellationToken);
        await client.PutAgentAsync(_team, Agent, cancellationToken: cancellationToken);
    }

    /// <summary>Whether something that was asked at this time or later was served.</summary>
    public bool HasServedSince(long timestamp) => Volatile.Read(ref _served) >= timestamp;

    /// <summary>From now on silence is measured.</summary>
    public void Watch()
    {
        lock (_lock)
        {
            _answers.Clear();
            _answers.Add(clock.GetTimestamp());
        }
    }

    /// <summary>The longest time without an answer since <see cref="Watch"/>.</summary>
    public TimeSpan LongestSilence()
    {
        lock (_lock)
        {
            var times = _answers.Append(clock.GetTimestamp()).ToArray();
            return times.Zip(times.Skip(1), clock.GetElapsedTime).Max();
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            do
            {
                var began = clock.GetTimestamp();
                if (await IsServedAsync(cancellationToken))
                    Note(began);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private void Note(long began)
    {
        Volatile.Write(ref _served, began);
        lock (_lock)
            _answers.Add(clock.GetTimestamp());
    }

    private async Task<bool> IsServedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var memory = new RememberRequest { Team = _team, Agent = Agent, Text = $"probe {++_asked}", Kind = MemoryKind.Episode };
            await client.RememberAsync(memory, cancellationToken: cancellationToken);
            var answer = await client.RecallAsync(new RecallRequest { Team = _team, Agent = Agent, Query = memory.Text, K = 1 }, cancellationToken);
            return !answer.Partial;
        }
        catch (MemoryClusterException fault)
        {
            // No fault of a silo or of Redis excuses an answer that says neither what was done nor what to do.
            if (!fault.Fault.IsTransient())
                tally.Violate("refused", $"{_team}: {fault.Message} ({fault.Code})");
            return false;
        }
    }
}
