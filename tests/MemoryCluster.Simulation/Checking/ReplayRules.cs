using MemoryCluster.Simulations.Histories;
using MemoryCluster.Simulations.Scenarios;

namespace MemoryCluster.Simulations.Checking;

/// <summary>A pair counts once and says what was answered; what was forgotten is sent to nobody.</summary>
internal static class ReplayRules
{
    // How long a silo that the others took for dead may live, and a request that was looked at before may be on its way.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(20);

    public static IEnumerable<Violation> Check(RunAccounts accounts) =>
        Twice(accounts).Concat(Unsaid(accounts)).Concat(TooLate(accounts)).Concat(Unasked(accounts)).Select(fault => new Violation(Rule.Replays, fault));

    private static IEnumerable<string> Twice(RunAccounts accounts) =>
        accounts.Replays.Select(replay => (replay.Decision, replay.Pair.Run))
            .Concat(accounts.ReplaysFailed.Select(failed => (failed.Decision, failed.Failure.Run)))
            .GroupBy(pair => pair)
            .Where(group => group.Count() > 1)
            .Select(group => $"Decision {group.Key.Decision} counts its replay on run {group.Key.Run} {group.Count()} times.");

    private static IEnumerable<string> Unsaid(RunAccounts accounts) =>
        accounts.Replays
            .Where(replay => replay.Pair.Trace is { } trace && (replay.Pair.With.Reward, replay.Pair.Without.Reward)
                != (OutsideWorld.RewardOf(trace.RequestWith), OutsideWorld.RewardOf(trace.RequestWithout)))
            .Select(replay => $"Decision {replay.Decision} has rewards for run {replay.Pair.Run} that nobody answered.");

    private static IEnumerable<string> TooLate(RunAccounts accounts) =>
        from sent in accounts.Sent
        from gone in accounts.ForgottenAt
        where sent.At > gone.Value + OnItsWay && sent.Request.Body.Contains(gone.Key.Value, StringComparison.Ordinal)
        select $"Run {gone.Key} was forgotten at {gone.Value:O} and sent to its replayer at {sent.At:O}.";

    private static IEnumerable<string> Unasked(RunAccounts accounts)
    {
        var asked = accounts.Sent.Select(sent => sent.Request.Fingerprint).ToHashSet();
        return accounts.Replays.Where(replay => replay.Pair.Trace is { } trace && !(asked.Contains(trace.RequestWith) && asked.Contains(trace.RequestWithout)))
            .Select(replay => $"Decision {replay.Decision} has a replay on run {replay.Pair.Run} that was not asked for.");
    }
}
