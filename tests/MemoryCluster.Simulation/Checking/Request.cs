using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>A request to remember, with its repetitions under one idempotency key.</summary>
internal sealed class Request(IEnumerable<RememberCall> calls, bool mayDouble)
{
    // A request goes over several ways, and its twins may have twins: without a key there is no promise about them.
    private const int TwinsMax = 1_000;

    private readonly ImmutableArray<RememberCall> _calls = [.. calls.OrderBy(call => call.Start)];

    public RememberCall First => _calls[0];

    /// <summary>The first to be answered; the others are given its answer again.</summary>
    public RememberCall? Answered { get; } = calls.Where(call => call.IsOk).MinBy(call => call.End);

    /// <summary>How many memories it may have made at most.</summary>
    public int EffectsMax => First.Key is not null
        ? (_calls.Any(call => call.IsOpen(mayDouble) || IsMade(call)) ? 1 : 0)
        : (IsMade(First) || First.IsOpen(mayDouble: false) ? 1 : 0) + (mayDouble ? TwinsMax : 0);

    public static ImmutableArray<Request> Of(History history) =>
    [
        .. history.Of<RememberCall>().Where(call => call.Key is null).Select(call => new Request([call], history.MayDouble)),
        .. history.Of<RememberCall>().Where(call => call.Key is not null)
            .GroupBy(call => (call.Key, call.Wording, call.Origin))
            .Select(calls => new Request(calls, history.MayDouble)),
    ];

    private static bool IsMade(RememberCall call) => call.Answer?.Decision == Decision.Admitted;
}
