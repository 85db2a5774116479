using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

internal sealed class WitnessGrain : Grain, IWitnessGrain
{
    private readonly List<string> _violations = [];
    private int _threads;
    private int _writers;
    private int _readers;

    public Task WriteAsync(int yields) => RunAsync(
        yields,
        () => Check(++_writers == 1 && _readers == 0, "a writer was not alone"),
        () => _writers--);

    public Task ReadAsync(int yields) => RunAsync(
        yields,
        () => Check(++_readers > 0 && _writers == 0, "a reader met a writer"),
        () => _readers--);

    public Task InterleaveAsync(int yields) => RunAsync(yields, () => { }, () => { });

    public Task<string[]> ViolationsAsync() => Task.FromResult(_violations.ToArray());

    private async Task RunAsync(int yields, Action enter, Action leave)
    {
        Step(enter);
        for (var yield = 0; yield < yields; yield++)
        {
            await Task.Yield();
            Step(static () => { });
        }

        Step(leave);
    }

    // Two turns at once would both be between the increment and the decrement, sooner or later.
    private void Step(Action action)
    {
        Check(Interlocked.Increment(ref _threads) == 1, "two turns ran at once");
        action();
        Thread.SpinWait(50);
        Check(Interlocked.Decrement(ref _threads) == 0, "two turns ran at once");
    }

    private void Check(bool holds, string violation)
    {
        if (!holds)
        {
            _violations.Add(violation);
        }
    }
}
