namespace MemoryCluster.Simulations.Scenarios;

/// <summary>Agents that answer at once, late, or not; who are asked again answer as before.</summary>
/// <param name="world">Where they stand.</param>
/// <param name="random">The silo's chance.</param>
internal sealed class FaultyReplayer(OutsideWorld world, Random random) : IReplayer
{
    private const int LateMaxMs = 6_000;

    public async Task<ReplayAnswer> ReplayAsync(ReplayRequest request, ReplayerRecord? replayer, CancellationToken cancellationToken)
    {
        world.Note(request);
        switch (random.Next(8))
        {
            case 0:
                throw new ReplayException("status_503", "busy", isTransient: true);
            case 1:
                // what was sent may have been answered all the same
                await world.Delay(TimeSpan.FromMilliseconds(random.Next(LateMaxMs))).WaitAsync(cancellationToken);
                throw new ReplayException("timed_out", "late", isTransient: true, TimeSpan.FromMilliseconds(random.Next(LateMaxMs)));
            case 2:
                throw new ReplayException("status_404", "gone", isTransient: false);
            case 3 or 4:
                await world.Delay(TimeSpan.FromMilliseconds(random.Next(LateMaxMs))).WaitAsync(cancellationToken);
                break;
        }

        return new ReplayAnswer(OutsideWorld.RewardOf(request.Fingerprint), 100, null, "v1");
    }
}
